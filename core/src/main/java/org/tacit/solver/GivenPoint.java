package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * A point x from anywhere as a solution: it has converged where |F(x)| is at most the relative
 * tolerance times |F(start)|, or where that is more, times |A x|, the change of F along x, by a
 * difference; plus the absolute tolerance. Three evaluations at most.
 *
 * @param point x, of a start
 */
record GivenPoint(String name, UnaryOperator<Matrix> point) implements Solver {
  private static final double PROBE = 1e-4;

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Matrix x = point.apply(start);
    requireShape(x, problem.size());
    Meter meter = new Meter(stopping.watch());
    Optional<Matrix> here = residual(problem, x, meter);
    double norm = here.map(Matrix::norm).orElse(Double.NaN);
    double reference = residual(problem, start, meter).map(Matrix::norm).orElse(0.0);
    if (norm > stopping.bound(reference)) {
      double alongX =
          residual(problem, x.times(1 + PROBE), meter)
              .map(there -> there.minus(here.orElseThrow()).norm() / PROBE)
              .orElse(0.0);
      reference = Math.max(reference, alongX);
    }
    return new Solution(
        x,
        outcome(norm, stopping.bound(reference), meter),
        name,
        1,
        norm,
        norm == 0 ? 0 : norm / reference,
        OptionalDouble.empty(),
        meter.passes(),
        List.of(norm));
  }

  private static Outcome outcome(double norm, double bound, Meter meter) {
    if (norm <= bound) {
      return Outcome.CONVERGED;
    }
    if (meter.isCancelled()) {
      return Outcome.CANCELLED;
    }
    return meter.isSpent()
        ? Outcome.BUDGET_EXHAUSTED
        : Double.isNaN(norm) ? Outcome.NOT_FINITE : Outcome.STALLED;
  }

  private void requireShape(Matrix x, int size) {
    if (x.rows() != size || x.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid solution of "
              + name
              + ": "
              + x.rows()
              + " x "
              + x.cols()
              + " (must be "
              + size
              + " x 1)");
    }
  }

  /** F at a point; empty where it is not finite, or no pass is left. */
  private static Optional<Matrix> residual(Problem problem, Matrix at, Meter meter) {
    if (!at.isFinite() || !meter.isOpen()) {
      return Optional.empty();
    }
    try {
      meter.count();
      return Optional.of(problem.evaluate(at).residual()).filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
