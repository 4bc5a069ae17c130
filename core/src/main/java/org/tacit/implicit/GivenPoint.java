package org.tacit.implicit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;
import org.tacit.solver.Stopping;

/**
 * A point x from anywhere as a solution: it has converged where |F(x)| is at most the relative
 * tolerance times |F(start)|, or where that is more, times |A x|, the change of F along x, by a
 * difference; plus the absolute tolerance. It is kept whatever its residual is. Three evaluations
 * at most.
 */
final class GivenPoint {
  private static final double PROBE = 1e-4;

  private final Problem problem;
  private final Stopping stopping;
  private int passes;
  private boolean isCancelled;

  private GivenPoint(Problem problem, Stopping stopping) {
    this.problem = problem;
    this.stopping = stopping;
  }

  /** x, judged by its residual. */
  static Solution of(Problem problem, Matrix x, Matrix start, Stopping stopping) {
    if (x.rows() != problem.size() || x.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid solution: "
              + x.rows()
              + " x "
              + x.cols()
              + " (must be "
              + problem.size()
              + " x 1)");
    }
    return new GivenPoint(problem, stopping).judged(x, start);
  }

  private Solution judged(Matrix x, Matrix start) {
    Optional<Matrix> here = residual(x);
    double norm = here.map(Matrix::norm).orElse(Double.NaN);
    double reference = residual(start).map(Matrix::norm).orElse(0.0);
    if (norm > stopping.bound(reference)) {
      double alongX =
          residual(x.times(1 + PROBE))
              .map(there -> there.minus(here.orElseThrow()).norm() / PROBE)
              .orElse(0.0);
      reference = Math.max(reference, alongX);
    }
    return new Solution(
            x,
            outcome(norm, stopping.bound(reference)),
            "given",
            1,
            norm,
            norm == 0 ? 0 : norm / reference,
            OptionalDouble.empty())
        .costing(1, passes, List.of(norm));
  }

  private Outcome outcome(double norm, double bound) {
    if (norm <= bound) {
      return Outcome.CONVERGED;
    }
    if (isCancelled) {
      return Outcome.CANCELLED;
    }
    return !isOpen()
        ? Outcome.BUDGET_EXHAUSTED
        : Double.isNaN(norm) ? Outcome.NOT_FINITE : Outcome.STALLED;
  }

  private boolean isOpen() {
    return passes < stopping.watch().maxPasses();
  }

  /** F at a point; empty where it is not finite, or no pass is left. */
  private Optional<Matrix> residual(Matrix at) {
    isCancelled = isCancelled || stopping.watch().cancellation().getAsBoolean();
    if (!at.isFinite() || isCancelled || !isOpen()) {
      return Optional.empty();
    }
    try {
      passes++;
      return Optional.of(problem.evaluate(at).residual()).filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
