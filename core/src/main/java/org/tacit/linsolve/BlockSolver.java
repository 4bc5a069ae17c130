package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.operator.CountedOperator;
import org.tacit.operator.LinearOperator;

/**
 * {@link LinearSolver#blockConjugateGradient} for one operator: cycles from the true residual until
 * it is small.
 */
record BlockSolver(BlockConjugateGradient method, LinearOperator operator)
    implements PreparedSolver {
  private static final double PROGRESS = 0.9;

  @Override
  public Solution solve(Of of, Matrix b, Matrix start) {
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
    while (outcome.isConverged() && columns.worst() > method.relativeTolerance()) {
      BlockCycle cycle = new BlockCycle(columns.residual(), method.relativeTolerance());
      outcome = cycle.run(count, method.maxIterations() - steps);
      steps += cycle.steps();
      smallest = Math.min(smallest, cycle.smallestRitzValue());
      double before = columns.worst();
      Matrix correction = cycle.correction();
      if (correction.maxAbs() > 0) {
        Matrix trial = columns.x().plus(correction);
        columns.improve(trial, count.apply(trial));
      }
      boolean isWithin = columns.worst() <= method.relativeTolerance();
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
    for (int j = 0; j < scales.cols(); j++) {
      double norm = columns.residual().columnAt(j).norm() * scales.at(j);
      residualNorm = Math.max(residualNorm, norm);
    }
    return new Solution(
        columnsTimes(columns.x(), scales, v -> v),
        outcome,
        method.name(),
        products,
        residualNorm,
        columns.worst(),
        Double.isFinite(smallest) ? OptionalDouble.of(smallest) : OptionalDouble.empty());
  }

  /** The norm of each column, 1 where that is zero: 1 x k. */
  private static Matrix norms(Matrix b) {
    double[] norms = new double[b.cols()];
    for (int j = 0; j < norms.length; j++) {
      double norm = b.columnAt(j).norm();
      norms[j] = norm > 0 ? norm : 1;
    }
    return Matrix.adopting(1, norms.length, norms);
  }

  private static Matrix columnsTimes(Matrix x, Matrix scales, DoubleUnaryOperator of) {
    double[] result = x.toArray();
    for (int i = 0; i < result.length; i++) {
      result[i] *= of.applyAsDouble(scales.at(i % x.cols()));
    }
    return Matrix.adopting(x.rows(), x.cols(), result);
  }
}
