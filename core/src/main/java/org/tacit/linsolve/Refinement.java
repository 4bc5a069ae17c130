package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.CountedOperator;

/** One solve by {@link IterativeRefinement}: rounds for all right-hand sides at once. */
final class Refinement {
  /** Rounds without a smaller residual: the norm of one may rise before it falls for good. */
  private static final int PATIENCE = 5;

  /** A solve by the inner method, from zero. */
  interface Inner {
    Solution solve(Matrix b);
  }

  private final IterativeRefinement method;
  private final CountedOperator operator;
  private final int spent;
  private final Inner inner;
  private OptionalDouble smallest = OptionalDouble.empty();

  /** Products up to {@code spent} are others'. */
  Refinement(IterativeRefinement method, CountedOperator operator, int spent, Inner inner) {
    this.method = method;
    this.operator = operator;
    this.spent = spent;
    this.inner = inner;
  }

  Solution run(Matrix b, Matrix start) {
    Require.system(operator.cols(), b, start);
    BestColumns columns = new BestColumns(b);
    if (!b.isFinite()) {
      return solution(columns, Outcome.NOT_FINITE);
    }
    Matrix first = columns.usable(start);
    if (first.maxAbs() > 0) {
      columns.improve(first, operator.apply(first));
    }
    Matrix x = columns.x();
    Matrix residual = columns.residual();
    int fruitless = 0;
    for (int round = 0; round < method.maxRounds() && !isWithin(columns); round++) {
      Solution correction = inner.solve(residual);
      correction.smallestEigenvalue().ifPresent(this::remember);
      double before = columns.worst();
      x = x.plus(correction.value());
      Matrix product = operator.apply(x);
      residual = b.minus(product);
      columns.improve(x, product);
      Outcome outcome = correction.outcome();
      boolean isDefect = outcome == Outcome.WRONG_STRUCTURE || outcome == Outcome.NOT_FINITE;
      if (isDefect || outcome == Outcome.SINGULAR) {
        return solution(columns, outcome);
      }
      fruitless = columns.worst() < before ? 0 : fruitless + 1;
      if (!isWithin(columns) && (fruitless >= PATIENCE || !residual.isFinite())) {
        return solution(columns, outcome.and(Outcome.STALLED));
      }
    }
    return solution(columns, isWithin(columns) ? Outcome.CONVERGED : Outcome.BUDGET_EXHAUSTED);
  }

  private boolean isWithin(BestColumns columns) {
    return columns.worst() <= method.relativeTolerance();
  }

  private void remember(double value) {
    smallest = OptionalDouble.of(Math.min(value, smallest.orElse(value)));
  }

  private Solution solution(BestColumns columns, Outcome outcome) {
    return new Solution(
        columns.x(),
        outcome,
        method.name(),
        operator.count() - spent,
        columns.residualNorm(),
        columns.worst(),
        smallest);
  }
}
