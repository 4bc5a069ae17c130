package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * A point x from anywhere as a solution ({@link Stopping#judged}), kept whatever its residual is.
 */
record GivenPoint(Problem problem, Stopping stopping, Budget budget) {
  private static final double PROBE = 1e-4;

  /** x, judged by its residual. */
  static Solution of(Problem problem, Matrix x, Matrix start, Stopping stopping) {
    if (x.rows() != problem.size() || x.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid solution: %s x %s (must be %s x 1)"
              .formatted(x.rows(), x.cols(), problem.size()));
    }
    return new GivenPoint(problem, stopping, new Budget(stopping.watch())).judged(x, start);
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
        .costing(1, budget.passes(), List.of(norm));
  }

  private Outcome outcome(double norm, double bound) {
    if (norm <= bound) {
      return Outcome.CONVERGED;
    }
    if (budget.isCancelled()) {
      return Outcome.CANCELLED;
    }
    return budget.isSpent()
        ? Outcome.BUDGET_EXHAUSTED
        : Double.isNaN(norm) ? Outcome.NOT_FINITE : Outcome.STALLED;
  }

  /** F at a point; empty where it is not finite, or no pass is left. */
  private Optional<Matrix> residual(Matrix at) {
    return at.isFinite() && budget.begins()
        ? NotANumberException.orNothing(() -> Optional.of(problem.evaluate(at).residual()))
            .filter(Matrix::isFinite)
        : Optional.empty();
  }
}
