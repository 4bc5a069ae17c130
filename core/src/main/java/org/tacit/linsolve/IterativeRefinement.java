package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.CountedOperator;
import org.tacit.operator.LinearOperator;

/** {@link LinearSolver#refined}. */
record IterativeRefinement(LinearSolver solver, double relativeTolerance, int maxRounds)
    implements LinearSolver {
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
    return new PreparedSolver() {
      @Override
      public Solution solve(Matrix b, Matrix start) {
        return refinement(count, prepared, inner::solve).run(b, start);
      }

      @Override
      public Solution solveTransposed(Matrix b, Matrix start) {
        return refinement(count.transpose(), prepared, inner::solveTransposed).run(b, start);
      }
    };
  }

  private Refinement refinement(
      CountedOperator operator, Preparation prepared, Refinement.Inner inner) {
    return new Refinement(this, operator, operator.count() - prepared.due(), inner);
  }
}
