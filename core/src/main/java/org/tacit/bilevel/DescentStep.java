package org.tacit.bilevel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.bilevel.StepRule.Step;
import org.tacit.bilevel.StepRule.Target;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/** One transition of {@link SafeguardedDescent} from a state to the next. */
final class DescentStep {
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double SHORTEST_MOVE = 1e-9;

  private final StepRule rule;
  private final OuterStopping stopping;
  private final OuterFunction function;
  private final DescentEnd end;
  private final long earlier;
  private final long made;

  /**
   * A transition.
   *
   * @param earlier passes made before it
   */
  DescentStep(SafeguardedDescent descent, OuterFunction function, long earlier) {
    this.rule = descent.rule();
    this.stopping = descent.stopping();
    this.function = function;
    this.end = new DescentEnd(stopping, function);
    this.earlier = earlier;
    this.made = function.passesMade();
  }

  private long passes() {
    return earlier + function.passesMade() - made;
  }

  /** The state with all passes made so far. */
  OuterState counted(OuterState state) {
    return state.with(state.trail().after(passes()));
  }

  /** The start, solved and differentiated. */
  OuterState first(Matrix theta) {
    Accuracy first = Accuracy.first(stopping);
    try (OuterFunction.Trial trial = function.bestOf(theta, first.tolerance(), function.cold())) {
      OuterState.Point point =
          trial.differentiated().orElseThrow(() -> unusable(theta, trial.outcome()));
      double reached = trial.left().scale().residual().relative(point.inner());
      boolean isLoose = !point.inner().outcome().isConverged() && reached > first.tolerance();
      List<String> remarks =
          isLoose ? List.of(loosened(point.inner(), reached, first.tolerance())) : List.of();
      Accuracy accuracy = isLoose ? first.loosenedTo(reached) : first;
      double unit = OuterTrail.unit(point);
      OuterTrail trail = OuterTrail.from(point, projectedNorm(point, unit), remarks);
      OuterState state = OuterState.at(point, trial.left(), accuracy, trail);
      return settled(told(state, 0, true), trial, () -> rule.begin(seen(point), trial));
    }
  }

  private static UnusableStartException unusable(Matrix start, Outcome outcome) {
    Outcome why = outcome.isConverged() ? Outcome.NOT_FINITE : outcome;
    double[] head = Arrays.copyOf(start.toArray(), Math.min(5, start.size()));
    return new UnusableStartException(
        String.format(
            "at theta = %s%s the inner solution, the outer value or its derivative is not to"
                + " be had: %s (%s, or start at another theta)",
            Arrays.toString(head),
            start.size() > head.length ? " and " + (start.size() - head.length) + " more" : "",
            why.label(),
            why.remedy()));
  }

  private static String loosened(Solution inner, double reached, double asked) {
    return String.format(
        Locale.ROOT,
        "the first inner solve ended with %s at a relative residual of %.1e, for the %.1e"
            + " asked: tuning goes on at that (%s)",
        inner.outcome().label(),
        reached,
        asked,
        inner.outcome().remedy());
  }

  /** A step from here, or the end where there is none. */
  OuterState after(OuterState from) {
    OuterState state = from;
    Outcome refused = Outcome.CONVERGED;
    Target target = target(state);
    while (isFar(state, target)) {
      try (OuterFunction.Trial trial = trial(state, target)) {
        state = state.leaving(trial.left());
        Optional<OuterState.Point> next = accepted(state, target, trial);
        if (next.isPresent()) {
          return arrivedOrShorter(state, new Step(state.here(), target, next.get(), trial));
        }
        refused = trial.outcome();
      }
      state = nearer(state, target).with(state.accuracy().tightenedTo(tenth(state)));
      target = target(state);
    }
    return state.accuracy().isFinal()
        ? end.at(state, DescentEnd.Ending.stalled(refused), Optional.empty())
        : refined(state, DescentEnd.Ending.stalled(refused));
  }

  private static double tenth(OuterState state) {
    return state.accuracy().tolerance() / 10;
  }

  private Target target(OuterState state) {
    return rule.target(seen(state.here()), state.memory(), function.bounds());
  }

  /** As a rule sees it: the gradient in a theta that bounds hold is no measure of steps. */
  private OuterState.Point seen(OuterState.Point point) {
    return point.seen(function.bounds().free(point.gradient()));
  }

  private Step seen(Step step) {
    return new Step(seen(step.from()), step.target(), seen(step.to()), step.open());
  }

  private static boolean isFar(OuterState state, Target target) {
    return target.theta().minus(state.here().theta()).maxAbs() > SHORTEST_MOVE;
  }

  private OuterFunction.Trial trial(OuterState state, Target target) {
    WarmStart warm = target.x().map(state.warm()::from).orElse(state.warm());
    return function.converged(target.theta(), state.accuracy().tolerance(), warm);
  }

  private OuterState nearer(OuterState state, Target target) {
    return state.with(rule.refused(seen(state.here()), state.memory(), target));
  }

  /** The trial with its hypergradient where it falls enough. */
  private static Optional<OuterState.Point> accepted(
      OuterState state, Target target, OuterFunction.Trial trial) {
    double here = state.here().value();
    double slack = state.accuracy().tolerance() * Math.abs(here);
    double most = here - SUFFICIENT_DECREASE * target.predicted() + slack;
    return trial.value().orElse(Double.NaN) <= most ? trial.differentiated() : Optional.empty();
  }

  /**
   * A step that ends where L does not depend on theta, such as above every useful l1 penalty, may
   * have gone over a minimum, and leads nowhere from there: the first shorter one that does not is
   * taken, and the plateau remembered.
   */
  private OuterState arrivedOrShorter(OuterState from, Step step) {
    OuterState state = from;
    Target target = step.target();
    boolean isFlat = step.to().isFlat();
    while (isFlat) {
      state = nearer(state, target);
      target = target(state);
      if (!isFar(state, target)) {
        break;
      }
      try (OuterFunction.Trial trial = trial(state, target)) {
        state = state.leaving(trial.left());
        Optional<OuterState.Point> next = accepted(state, target, trial);
        isFlat = next.filter(OuterState.Point::isFlat).isPresent();
        if (next.isPresent() && !isFlat) {
          OuterState above = state.with(state.trail().seeing(step.to()));
          return arrived(above, new Step(from.here(), target, next.get(), trial));
        }
      }
    }
    return arrived(from, step);
  }

  private OuterState arrived(OuterState from, Step step) {
    OuterState.Point next = step.to();
    double gain = from.here().value() - next.value();
    boolean isGain = gain > stopping.tolerance() * Math.abs(from.here().value());
    double fallen = projectedNorm(next, from.trail().unit()) / from.trail().firstNorm();
    Accuracy accuracy = from.accuracy().reached(stopping).tightenedTo(Accuracy.FIRST * fallen);
    OuterState state = from.movedTo(next, step.open().left()).with(accuracy);
    return settled(
        told(state, step.moved().maxAbs(), isGain),
        step.open(),
        () -> rule.arrived(seen(step), from.memory()));
  }

  private OuterState told(OuterState state, double moved, boolean isGain) {
    OuterState.Point here = state.here();
    OuterTrail trail = state.trail();
    OuterState.Iteration now =
        new OuterState.Iteration(
            trail.steps().size(),
            here.theta(),
            here.value(),
            projectedNorm(here, trail.unit()),
            moved,
            state.accuracy().tolerance(),
            passes());
    return state.with(trail.arrivedAt(here, now, isGain));
  }

  /** At the end, where it is reached; otherwise ready for another step. */
  private OuterState settled(
      OuterState state, OuterFunction.Trial open, Supplier<Map<String, Matrix>> memory) {
    Optional<DescentEnd.Ending> ending = end.reached(state);
    if (ending.isEmpty()) {
      return state.with(memory.get());
    }
    return state.accuracy().isFinal()
        ? end.at(state, ending.get(), Optional.of(open))
        : refined(state, ending.get());
  }

  /** Solved to the final tolerance; at the end where that is reached still, or cannot be had. */
  private OuterState refined(OuterState state, DescentEnd.Ending otherwise) {
    OuterState.Point here = state.here();
    double finest = stopping.finalInnerTolerance();
    try (OuterFunction.Trial exact = function.bestOf(here.theta(), finest, state.warm())) {
      Optional<OuterState.Point> found = exact.differentiated();
      if (found.isEmpty()) {
        return end.at(state, otherwise, Optional.empty());
      }
      OuterState.Point point = found.get();
      OuterState refined =
          state
              .movedTo(point, exact.left())
              .with(state.accuracy().refined(stopping))
              .with(state.trail().refinedTo(point, projectedNorm(point, state.trail().unit())));
      return end.reached(refined)
          .map(ending -> end.at(refined, ending, Optional.of(exact)))
          .orElseGet(() -> refined.with(rule.begin(seen(point), exact)));
    }
  }

  private double projectedNorm(OuterState.Point point, double unit) {
    return function.bounds().projectedNorm(point.theta(), point.gradient(), unit);
  }
}
