package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;

/**
 * One outer function tuned from several starts in shared passes ({@link SharedDesk}), each a
 * descent of its own with its own states: its numbers are those that it has alone, to the rounding
 * of wide products, and a start that fails or meets NaN changes no other.
 *
 * <p>Successive halving: after r accepted steps of each start the better half goes on, of n the
 * ceil(n / 2) with the least outer values; half of these after 2 r steps in all, after 4 r, and so
 * on, until one is left, which goes to its end. Those that have ended are halved no more, and the
 * best of all that end is found. Values of solves that did not converge come last. Where the
 * optimiser is an {@link EarlyStopping}, starts are ranked by their least loss on the rows that
 * stop it.
 *
 * <p>Cost in passes: those of the start that takes most. Source: Jamieson and Talwalkar,
 * Non-stochastic best arm identification and hyperparameter optimization, AISTATS 2016.
 *
 * @param halveAfter r; 0 where every start goes to its end
 */
public record Multistart(OuterOptimiser optimiser, int halveAfter) {
  public Multistart {
    if (halveAfter < 0) {
      throw new IllegalArgumentException(
          "Invalid steps before halving: " + halveAfter + " (must be >= 0, 0 for none)");
    }
  }

  /**
   * What became of a start.
   *
   * @param state where it came to; empty where it failed
   * @param isDropped whether others were better half-way
   * @param failure what it failed by
   */
  public record Run(
      Matrix start,
      Optional<OuterState> state,
      boolean isDropped,
      Optional<RuntimeException> failure) {
    /** Where it went to its end. */
    public Optional<BilevelResult> result() {
      return state.flatMap(OuterState::result);
    }

    /** Accepted steps. */
    public int steps() {
      return state.map(at -> at.trail().length()).orElse(0);
    }

    /** The outer value at its end, or the least so far. */
    public OptionalDouble value() {
      return point().stream().mapToDouble(OuterState.Point::value).findFirst();
    }

    /** The least on the rows that stop it early; empty where there are none. */
    public OptionalDouble stoppingLoss() {
      return state.flatMap(OuterState::judged).stream()
          .mapToDouble(EarlyStopping.Losses::least)
          .findFirst();
    }

    /** What starts are ranked by. */
    private double score() {
      return stoppingLoss().orElseGet(value()::orElseThrow);
    }

    private Optional<OuterState.Point> point() {
      return state.map(
          at ->
              at.result().isPresent()
                  ? at.here()
                  : at.judged().map(EarlyStopping.Losses::best).orElseGet(at.trail()::best));
    }

    private boolean isSolved() {
      return point().filter(at -> at.inner().outcome().isConverged()).isPresent();
    }

    private boolean isGoing() {
      return failure.isEmpty() && !isDropped && result().isEmpty();
    }

    private Run dropped() {
      return new Run(start, state, true, failure);
    }
  }

  /**
   * All starts in their order.
   *
   * @param best the number of the one with the least outer value, or loss on the rows that stop it
   */
  public record Found(List<Run> runs, int best) {
    public Found {
      runs = List.copyOf(runs);
    }

    /** Of the best start. */
    public BilevelResult result() {
      return runs.get(best).result().orElseThrow();
    }
  }

  /** The same, telling nobody of the halves. */
  public Found minimise(OuterFunction function, List<Matrix> starts) {
    return minimise(function, starts, runs -> {});
  }

  /**
   * Runs all; throws what the first start failed by when none comes to its end.
   *
   * @param listener told of all starts after each halving, and at the end
   */
  public Found minimise(OuterFunction function, List<Matrix> starts, Consumer<List<Run>> listener) {
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("Invalid starts: none (must be one at least)");
    }
    List<Run> runs =
        starts.stream()
            .map(theta -> new Run(theta, Optional.empty(), false, Optional.empty()))
            .toList();
    long steps = halveAfter;
    while (runs.stream().anyMatch(Run::isGoing)) {
      boolean isLast = halveAfter == 0 || runs.stream().filter(Run::isGoing).count() == 1;
      runs = advanced(function, runs, isLast ? Long.MAX_VALUE : steps);
      runs = isLast ? runs : halved(runs);
      steps *= 2;
      listener.accept(runs);
    }
    return new Found(runs, best(runs));
  }

  private static int best(List<Run> runs) {
    return ranked(runs, run -> run.result().isPresent()).stream()
        .findFirst()
        .orElseThrow(() -> failure(runs));
  }

  private static RuntimeException failure(List<Run> runs) {
    return runs.stream().flatMap(run -> run.failure().stream()).findFirst().orElseThrow();
  }

  /** The numbers of some of those that did not fail, the best first. */
  private static List<Integer> ranked(List<Run> runs, Predicate<Run> some) {
    return IntStream.range(0, runs.size())
        .boxed()
        .filter(number -> runs.get(number).failure().isEmpty() && some.test(runs.get(number)))
        .sorted(
            Comparator.comparing((Integer number) -> !runs.get(number).isSolved())
                .thenComparingDouble(number -> runs.get(number).score()))
        .toList();
  }

  /** The worse half of those that have not ended go no further. */
  private static List<Run> halved(List<Run> runs) {
    List<Integer> going = ranked(runs, Run::isGoing);
    List<Run> halved = new ArrayList<>(runs);
    going
        .subList((going.size() + 1) / 2, going.size())
        .forEach(worse -> halved.set(worse, runs.get(worse).dropped()));
    return halved;
  }

  /** Those that go on, to so many steps or their end. */
  private List<Run> advanced(OuterFunction function, List<Run> runs, long steps) {
    int[] going =
        IntStream.range(0, runs.size()).filter(number -> runs.get(number).isGoing()).toArray();
    List<Function<Passes, OuterState>> solves = new ArrayList<>();
    for (int number : going) {
      Run run = runs.get(number);
      solves.add(own -> advanced(function.over(own), run, steps));
    }
    var ended = SharedDesk.solveAll(function.passes(), solves);
    List<Run> all = new ArrayList<>(runs);
    for (int k = 0; k < going.length; k++) {
      var end = ended.get(k);
      Run before = runs.get(going[k]);
      all.set(
          going[k], new Run(before.start(), end.value().or(before::state), false, end.failure()));
    }
    return all;
  }

  private OuterState advanced(OuterFunction function, Run run, long steps) {
    OuterState state = run.state().orElseGet(() -> optimiser.init(function, run.start()));
    while (!optimiser.isDone(state) && state.trail().length() < steps) {
      state = optimiser.next(function, state);
    }
    return state;
  }
}
