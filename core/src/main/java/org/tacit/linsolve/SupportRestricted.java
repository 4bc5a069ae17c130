package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link LinearSolver#restricted}. */
record SupportRestricted(LinearSolver method) implements LinearSolver {
  /** Where no unknown is left. */
  private static final PreparedSolver NOTHING =
      (of, b, start) ->
          new Solution(b, Outcome.CONVERGED, "direct", 0, 0, 0, OptionalDouble.empty());

  @Override
  public String name() {
    return "restricted " + method.name();
  }

  @Override
  public LinearSolver near(Nearby known) {
    return new SupportRestricted(method.near(known));
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    return operator
        .reduction()
        .map(reduction -> prepared(CountedOperator.of(operator), reduction.system()))
        .orElseGet(() -> method.prepare(operator));
  }

  private PreparedSolver prepared(CountedOperator operator, LinearOperator system) {
    boolean isNothing = system.rows() == 0;
    return new Restricted(operator, isNothing ? NOTHING : method.prepare(system));
  }

  private record Restricted(CountedOperator operator, PreparedSolver system)
      implements PreparedSolver {
    /** The system's products are counted by its method, those of the ends here. */
    @Override
    public Solution solve(Of of, Matrix b, Matrix start) {
      CountedOperator by = of == Of.MATRIX ? operator : operator.transpose();
      LinearOperator.Reduction reduction = by.reduction().orElseThrow();
      int before = by.count();
      Solution y = system.solve(reduction.reduced(b));
      boolean isFinite = y.value().isFinite();
      Matrix x = isFinite ? reduction.expanded(b, y.value()) : Matrix.zeros(b.rows(), b.cols());
      return new Solution(
          x,
          isFinite ? y.outcome() : Outcome.NOT_FINITE,
          y.method() + " on " + reduction.system().rows() + " of " + operator.rows(),
          y.iterations() + by.count() - before,
          y.residualNorm(),
          y.relativeResidual(),
          reduction.eigenvalue(y.smallestEigenvalue()));
    }
  }
}
