package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** {@link LinearSolver#blockConjugateGradient}: cycles from the true residual until it is small. */
record BlockConjugateGradient(double relativeTolerance, int maxIterations) implements LinearSolver {
  private static final double PROGRESS = 0.9;

  public BlockConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  @Override
  public String name() {
    return "block CG";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.structure(operator, Structure.POSITIVE_DEFINITE, name());
    return (of, b, start) -> solve(operator, b, start);
  }

  private Solution solve(LinearOperator operator, Matrix b, Matrix start) {
    Require.system(operator.cols(), b, start);
    Matrix scales = norms(b);
    if (!b.isFinite()) {
      BestColumns none = new BestColumns(b);
      return solution(none, scales.map(v -> 1), Outcome.NOT_FINITE, 0, Double.POSITIVE_INFINITY);
    }
    CountedOperator count = CountedOperator.of(operator);
    BestColumns columns = new BestColumns(columnsTimes(b, scales, v -> 1 / v));
    Matrix first = columns.usable(columnsTimes(start, scales, v -> 1 / v));
    if (first.maxAbs() > 0) {
      columns.improve(first, count.apply(first));
    }
    Outcome outcome = Outcome.CONVERGED;
    double smallest = Double.POSITIVE_INFINITY;
    int steps = 0;
    while (outcome.isConverged() && columns.worst() > relativeTolerance) {
      BlockCycle cycle = new BlockCycle(columns.residual(), relativeTolerance);
      outcome = cycle.run(count, maxIterations - steps);
      steps += cycle.steps();
      smallest = Math.min(smallest, cycle.smallestRitzValue());
      double before = columns.worst();
      Matrix correction = cycle.correction();
      if (correction.maxAbs() > 0) {
        Matrix trial = columns.x().plus(correction);
        columns.improve(trial, count.apply(trial));
      }
      boolean isWithin = columns.worst() <= relativeTolerance;
      if (isWithin) {
        outcome = outcome == Outcome.WRONG_STRUCTURE ? outcome : Outcome.CONVERGED;
      } else if (outcome.isConverged() && !(columns.worst() <= PROGRESS * before)) {
        outcome = Outcome.STALLED;
      }
    }
    return solution(columns, scales, outcome, count.count(), smallest);
  }

  private Solution solution(
      BestColumns columns, Matrix scales, Outcome outcome, int products, double smallest) {
    double residualNorm = 0;
    for (int j = 0; j < scales.rows(); j++) {
      double norm = columns.residual().columnAt(j).norm() * scales.at(j);
      residualNorm = Math.max(residualNorm, norm);
    }
    return new Solution(
        columnsTimes(columns.x(), scales, v -> v),
        outcome,
        name(),
        products,
        residualNorm,
        columns.worst(),
        Double.isFinite(smallest) ? OptionalDouble.of(smallest) : OptionalDouble.empty());
  }

  /** The norm of each column, 1 where that is zero: k x 1. */
  private static Matrix norms(Matrix b) {
    return Matrix.column(b.cols(), j -> b.columnAt(j).norm()).map(v -> v > 0 ? v : 1);
  }

  private static Matrix columnsTimes(Matrix x, Matrix scales, DoubleUnaryOperator of) {
    Matrix factors = scales.map(of);
    return Matrix.tabulate(x.rows(), x.cols(), (i, j) -> x.at(i, j) * factors.at(j));
  }
}
