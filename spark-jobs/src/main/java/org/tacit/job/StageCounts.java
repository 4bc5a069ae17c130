package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tacit.pass.Journal;

/** The passes of a job by its stages, in their order, which add up to the job's. */
final class StageCounts implements Journal {
  /** What is known of the data before anything is fitted. */
  static final String DATA = "data";

  /** The grid of one common penalty on validation rows. */
  static final String GRID = "grid";

  /** The descent of a tuning. */
  static final String STEPS = "steps";

  /** The fit of the first theta. */
  static final String START = "start";

  /** What solutions are judged by, and what is written of them. */
  static final String MEASURES = "measures";

  private final List<Stage> over = new ArrayList<>();
  private Stage running = new Stage(DATA, 0, 0);

  /**
   * One stage.
   *
   * @param fits how many share its passes; 0 where it has none
   */
  record Stage(String name, int fits, long passes) {
    Stage andOne() {
      return new Stage(name, fits, passes + 1);
    }

    Map<String, Object> json() {
      return ResultJson.ordered(
          Map.entry("stage", name),
          Map.entry("fits", fits == 0 ? Optional.empty() : Optional.of(fits)),
          Map.entry("passes", passes));
    }
  }

  @Override
  public synchronized void passEnded(Journal.Pass pass, double seconds) {
    running = running.andOne();
  }

  /** One that is begun again goes on. */
  @Override
  public synchronized void stageBegan(String stage, int solves) {
    if (!running.name.equals(stage)) {
      over.add(running);
      running = new Stage(stage, solves, 0);
    }
  }

  /** Those so far; one where the job has no stages. */
  synchronized List<Stage> all() {
    List<Stage> all = new ArrayList<>(over);
    all.add(running);
    return all;
  }

  synchronized boolean areSeveral() {
    return !over.isEmpty();
  }

  /** In a line. */
  String told() {
    return all().stream()
        .map(stage -> stage.name + " " + stage.passes)
        .collect(Collectors.joining(", "));
  }
}
