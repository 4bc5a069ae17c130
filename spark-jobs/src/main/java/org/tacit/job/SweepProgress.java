package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tacit.pass.Journal;

/**
 * A line on the console for each stage of a sweep that is over: its fits, passes and seconds, and
 * the seconds that are left, as those that were planned go with those that were taken so far.
 */
final class SweepProgress implements Journal {
  private final Map<String, Double> planned;
  private Optional<Running> running = Optional.empty();
  private long passes;
  private double plannedSoFar;
  private double takenSoFar;

  /** Of stages that are planned to take these seconds. */
  SweepProgress(Map<String, Double> planned) {
    this.planned = new LinkedHashMap<>(planned);
  }

  private record Running(String stage, int fits, long passesBefore, long startNanos) {}

  @Override
  public synchronized void passEnded(Pass pass, double seconds) {
    passes++;
  }

  /** One that is begun again goes on. */
  @Override
  public synchronized void stageBegan(String stage, int solves) {
    if (running.filter(now -> now.stage.equals(stage)).isPresent()) {
      return;
    }
    end();
    running = Optional.of(new Running(stage, solves, passes, System.nanoTime()));
  }

  /** The last stage is over. */
  synchronized void end() {
    running.ifPresent(this::say);
    running = Optional.empty();
  }

  private void say(Running over) {
    if (takenSoFar == 0) {
      Console.say("%-12s  %6s  %6s  %8s  %8s", "stage", "fits", "passes", "seconds", "left");
    }
    double seconds = (System.nanoTime() - over.startNanos) * 1e-9;
    takenSoFar += seconds;
    plannedSoFar += Optional.ofNullable(planned.remove(over.stage)).orElse(0.0);
    double rest = planned.values().stream().mapToDouble(Double::doubleValue).sum();
    double left = plannedSoFar > 0 ? rest * takenSoFar / plannedSoFar : 0;
    Console.say(
        "%-12s  %6d  %6d  %8.2f  %8.2f",
        over.stage, over.fits, passes - over.passesBefore, seconds, left);
  }
}
