package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.CountedOperator;
import org.tacit.operator.LinearOperator;

/**
 * Any method, repeated on its own residual: x += S(b - A x), until the residual is within the
 * tolerance or no longer falls. So a solver of low accuracy, or a factorisation of a nearby matrix,
 * serves high accuracy.
 *
 * <p>Cost: the inner solver's products, and one for the residual a round. The smallest eigenvalue
 * and defects such as SINGULAR are the inner solver's.
 *
 * <p>Source: Golub and Van Loan, section 3.5.3; Higham, Accuracy and Stability, chapter 12.
 *
 * @param solver S, whose own tolerance is the factor of a round
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxRounds the most corrections
 */
public record IterativeRefinement(LinearSolver solver, double relativeTolerance, int maxRounds)
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
