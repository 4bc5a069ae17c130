package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tacit.bilevel.DescentEnd.Ending;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * Another optimiser that is stopped by rows which theta is not tuned on: with V a loss over such
 * rows, of the steps theta_0, theta_1, ... that are accepted on L the one is returned with
 *
 * <pre>
 *   b = argmin_k V(x*(theta_k), theta_k),    the first of equals
 * </pre>
 *
 * <p>and the descent ends {@code patience} steps after b. So thetas that go on to fit the rows of L
 * are not followed there; the path, as that of unrolled iterations, is what regularises them. V is
 * no part of L: no step follows it, and a prior is not in it.
 *
 * <p>The outcome is STOPPED_EARLY where patience ended the descent, or where it converged and b is
 * an earlier step. One that converged at b itself is converged; one that ran out of steps, or
 * stalled, says so and returns theta_b all the same; how solves at its own last step ended is not
 * told, as no result rests on them. A V that is not finite counts as infinite; where it is so at
 * every step it stops nothing, and the reason says so.
 *
 * <p>Cost in passes beyond the other optimiser's: one over the rows of V for each accepted step and
 * the start; where b is an earlier step, a solve at theta_b to the final tolerance, its
 * hypergradient and its certificate. Source: Prechelt, Early stopping - but when?, in Neural
 * Networks: Tricks of the Trade, 1998, the criterion UP; Franceschi, Donini, Frasconi and Pontil,
 * Forward and reverse gradient-based hyperparameter optimization, ICML 2017, section 5.
 */
public final class EarlyStopping implements OuterOptimiser {
  private static final String LOSS = "loss";

  private final OuterOptimiser optimiser;
  private final Program loss;
  private final int patience;

  private EarlyStopping(OuterOptimiser optimiser, Program loss, int patience) {
    this.optimiser = optimiser;
    this.loss = loss;
    this.patience = patience;
  }

  /**
   * An optimiser that is stopped.
   *
   * @param loss V, 1 x 1 in the symbols of the inner condition
   * @param patience accepted steps without a new least V after which it ends
   */
  public static EarlyStopping of(OuterOptimiser optimiser, Var loss, int patience) {
    if (patience < 1) {
      throw new IllegalArgumentException("Invalid patience: " + patience + " (must be >= 1)");
    }
    if (optimiser instanceof EarlyStopping) {
      throw new IllegalArgumentException(
          "Invalid optimiser: stopped early already (must be stopped by one loss: add the two)");
    }
    return new EarlyStopping(optimiser, Program.of(LOSS, loss.node()), patience);
  }

  @Override
  public String name() {
    return optimiser.name();
  }

  @Override
  public OuterStopping stopping() {
    return optimiser.stopping();
  }

  @Override
  public OuterState init(OuterFunction function, Matrix theta) {
    return settled(function, optimiser.init(function, theta));
  }

  @Override
  public OuterState next(OuterFunction function, OuterState state) {
    if (isDone(state)) {
      return state;
    }
    if (state.judged().map(Losses::steps).orElse(-1) != state.trail().length()) {
      throw new IllegalArgumentException(
          "Invalid state: of an optimiser that is not stopped early (must have a loss of each of its steps: go on by the one that made it, or start anew at its theta)");
    }
    return settled(function, optimiser.next(function, state));
  }

  /** With the losses of new steps, and at the end where that is reached. */
  private OuterState settled(OuterFunction function, OuterState moved) {
    OuterFunction now = function.atStep(moved.trail().length());
    long made = now.passesMade();
    OuterState state = ended(now, judged(now, moved));
    long passes = state.trail().passes() + now.passesMade() - made;
    return state.with(state.trail().after(passes));
  }

  /** The last step, which a descent that ends at its best one may have left. */
  private OuterState judged(OuterFunction function, OuterState state) {
    OuterState.Point last = state.trail().last();
    return state.judged().map(Losses::steps).orElse(-1) == state.trail().length()
        ? state
        : state.with(Losses.after(state.judged(), loss(function, last), last));
  }

  private double loss(OuterFunction function, OuterState.Point at) {
    Map<String, Matrix> inputs = Map.of("x", at.x(), "theta", at.theta());
    return NotANumberException.orNothing(
            () -> Optional.of(function.passes().in("outer").evaluate(loss, inputs)))
        .map(values -> values.get(LOSS).value())
        .filter(Double::isFinite)
        .map(value -> value + 0.0) // of two zeros one
        .orElse(Double.POSITIVE_INFINITY);
  }

  private OuterState ended(OuterFunction function, OuterState state) {
    Losses losses = state.judged().orElseThrow();
    if (state.result().isPresent()) {
      return ended(function, state, state.result().get());
    }
    return losses.stepsSinceBest() < patience || !losses.isFinite()
        ? state
        : at(function, state, new Ending(Outcome.STOPPED_EARLY, told(losses)));
  }

  /** The end that the other optimiser found, or an earlier step that is better. */
  private OuterState ended(OuterFunction function, OuterState state, BilevelResult found) {
    Losses losses = state.judged().orElseThrow();
    if (!losses.isFinite()) {
      return state.ended(
          found.with(
              losses,
              found.reason()
                  + "; no step has a finite loss on the rows that stop it, which have had no say"));
    }
    if (losses.best().theta().equals(found.theta())) {
      return state.ended(found.with(losses, found.reason() + "; " + told(losses)));
    }
    Ending own = state.trail().ending().orElseThrow();
    boolean isDescended = own.outcome().isConverged() || losses.stepsSinceBest() >= patience;
    return at(
        function,
        state,
        new Ending(
            isDescended ? Outcome.STOPPED_EARLY : own.outcome(),
            told(losses) + "; the descent itself went on until " + own.reason()));
  }

  private static String told(Losses losses) {
    return String.format(
        Locale.ROOT,
        "the theta of step %d of %d has the least loss on the rows that stop it, %.6g",
        losses.bestStep(),
        losses.steps(),
        losses.least());
  }

  /** The best step, solved to the final tolerance where that is to be had. */
  private OuterState at(OuterFunction function, OuterState state, Ending ending) {
    OuterState.Point best = state.judged().orElseThrow().best();
    double finest = stopping().finalInnerTolerance();
    DescentEnd end = new DescentEnd(stopping(), function);
    try (OuterFunction.Trial exact =
        function.bestOf(best.theta(), finest, state.warm().from(best.x()))) {
      return exact
          .differentiated()
          .map(
              point -> {
                OuterState back = state.movedTo(point, exact.left());
                return end.ended(back, ending, exact.certificate(point));
              })
          .orElseGet(
              () -> {
                OuterState back = state.movedTo(best, state.warm());
                return end.ended(back, ending, function.certificate(best, finest));
              });
    }
  }

  /**
   * What the steps of an outer optimisation have on rows that theta is not tuned on, by which
   * {@link EarlyStopping} ends it.
   *
   * @param losses of each accepted step, the start first; infinite where there is none
   * @param best the point of the first step that has the least
   */
  public record Losses(List<Double> losses, OuterState.Point best) {
    public Losses {
      losses = List.copyOf(losses);
    }

    /** With one more step, which came to a point. */
    static Losses after(Optional<Losses> before, double loss, OuterState.Point point) {
      List<Double> losses = new ArrayList<>(before.map(Losses::losses).orElse(List.of()));
      boolean isBest = before.isEmpty() || loss < before.get().least();
      losses.add(loss);
      return new Losses(losses, isBest ? point : before.get().best);
    }

    /** Accepted steps, the start not counted. */
    public int steps() {
      return losses.size() - 1;
    }

    /** The first of the steps that have the least loss; 0 is the start. */
    public int bestStep() {
      return losses.indexOf(least());
    }

    /** The least loss. */
    public double least() {
      return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    boolean isFinite() {
      return Double.isFinite(least());
    }

    int stepsSinceBest() {
      return steps() - bestStep();
    }
  }
}
