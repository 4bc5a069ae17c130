package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link LinearSolver#refined}. */
record IterativeRefinement(LinearSolver solver, double relativeTolerance, int maxRounds)
    implements LinearSolver {
  /** Rounds without a smaller residual: the norm of one may rise before it falls for good. */
  private static final int PATIENCE = 5;

  public IterativeRefinement {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxRounds);
  }

  @Override
  public String name() {
    return "refined " + solver.name();
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    CountedOperator count = CountedOperator.of(operator);
    PreparedSolver inner = solver.prepare(count);
    Preparation prepared = new Preparation(count.count());
    return (of, b, start) -> {
      CountedOperator by = of == PreparedSolver.Of.MATRIX ? count : count.transpose();
      int others = by.count() - prepared.due();
      return new Rounds(by, others, r -> inner.solve(of, r, Matrix.zeros(r.rows(), r.cols())))
          .run(b, start);
    };
  }

  /** One solve: rounds for all right-hand sides at once. */
  private final class Rounds {
    private final CountedOperator operator;
    private final int spent;
    private final Function<Matrix, Solution> inner;
    private OptionalDouble smallest = OptionalDouble.empty();

    /** Products up to {@code spent} are others'; {@code inner} solves from zero. */
    Rounds(CountedOperator operator, int spent, Function<Matrix, Solution> inner) {
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
      for (int round = 0; round < maxRounds && !isWithin(columns); round++) {
        Solution correction = inner.apply(residual);
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
      return columns.worst() <= relativeTolerance;
    }

    private void remember(double value) {
      smallest = OptionalDouble.of(Math.min(value, smallest.orElse(value)));
    }

    private Solution solution(BestColumns columns, Outcome outcome) {
      return new Solution(
          columns.x(),
          outcome,
          name(),
          operator.count() - spent,
          columns.residualNorm(),
          columns.worst(),
          smallest);
    }
  }
}
