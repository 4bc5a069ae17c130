package org.tacit.bilevel;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.bilevel.BilevelProblem.OuterValue;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * A theta that was tried: how its inner solve ended, and, where it can be used, the outer value and
 * what can be derived from it. Nothing is derived before it is asked for. Closing it lets go of
 * what derivatives keep beside the tables.
 */
public final class OuterTrial implements AutoCloseable {
  private final OuterFunction function;
  private final Outcome outcome;
  private final WarmStart left;
  private final Optional<Solved> solved;

  private record Solved(Matrix theta, ImplicitSolution solution, OuterValue outer) {}

  private OuterTrial(
      OuterFunction function, Outcome outcome, WarmStart left, Optional<Solved> solved) {
    this.function = function;
    this.outcome = outcome;
    this.left = left;
    this.solved = solved;
  }

  /** A theta at which there is no solution, or no outer value. */
  static OuterTrial refused(OuterFunction function, Outcome outcome, WarmStart left) {
    return new OuterTrial(function, outcome, left, Optional.empty());
  }

  static OuterTrial of(
      OuterFunction function, ImplicitSolution solution, OuterValue outer, WarmStart left) {
    Outcome outcome = solution.inner().outcome();
    Solved at = new Solved(solution.theta(), solution, outer);
    return new OuterTrial(function, outcome, left, Optional.of(at));
  }

  /** How the inner solve ended; NOT_FINITE also where the outer value is not finite. */
  public Outcome outcome() {
    return outcome;
  }

  /** L, where there is one. */
  public OptionalDouble value() {
    return solved.map(at -> OptionalDouble.of(at.outer.value())).orElse(OptionalDouble.empty());
  }

  /** What the solve, and the derivatives taken, leave to the next. */
  WarmStart left() {
    Nearby nearby = solved.map(at -> at.solution.nearby()).orElse(left.nearby());
    return left.with(nearby);
  }

  /** With its hypergradient; empty where that is not to be had or not finite. */
  Optional<OuterPoint> differentiated() {
    return NotANumberException.orNothing(() -> solved.map(this::differentiated))
        .filter(point -> point.gradient().isFinite());
  }

  private OuterPoint differentiated(Solved at) {
    var hypergradient = function.problem().hypergradient(at.solution, at.outer, left.adjoint());
    return new OuterPoint(at.theta, at.solution.inner(), hypergradient);
  }

  /** How much the hypergradient at this point is to be trusted. */
  Certificate certificate(OuterPoint point) {
    return function.problem().certificate(solution(), point.hypergradient());
  }

  /** The second derivatives at this point; empty where they are not finite. */
  Optional<OuterHessian.Value> hessian(OuterPoint point) {
    return function.problem().hessian(solution(), point.hypergradient());
  }

  private ImplicitSolution solution() {
    return solved.orElseThrow().solution;
  }

  @Override
  public void close() {
    solved.ifPresent(at -> at.solution.close());
  }
}
