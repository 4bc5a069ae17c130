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
    return (of, b, start) -> {
      CountedOperator by = of == PreparedSolver.Of.MATRIX ? count : count.transpose();
      int others = by.count() - prepared.due();
      return new Refinement(
              this, by, others, r -> inner.solve(of, r, Matrix.zeros(r.rows(), r.cols())))
          .run(b, start);
    };
  }
}
