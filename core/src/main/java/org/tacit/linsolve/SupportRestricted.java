package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Reduction;

/**
 * Solves the smaller system that an operator's systems follow from ({@link
 * LinearOperator#reduction}), such as that of a lasso's support or of the free variables under
 * bounds, by another method; an operator without one is left to that method as it is.
 *
 * <p>The residual is that of the smaller system, recomputed by its method. Cost: that of the
 * method, whose dense system is built by one product, and one product more for a transposed system.
 *
 * @param method the method for the smaller system
 */
public record SupportRestricted(LinearSolver method) implements LinearSolver {
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
        .map(forward -> prepared(operator, forward))
        .orElseGet(() -> method.prepare(operator));
  }

  private PreparedSolver prepared(LinearOperator operator, Reduction forward) {
    return forward.system().rows() == 0
        ? new Restricted(operator, forward, new Nothing())
        : new Restricted(operator, forward, method.prepare(forward.system()));
  }

  private record Restricted(LinearOperator operator, Reduction forward, PreparedSolver system)
      implements PreparedSolver {
    @Override
    public Solution solve(Matrix b, Matrix start) {
      return solved(forward, b);
    }

    @Override
    public Solution solveTransposed(Matrix b, Matrix start) {
      return solved(operator.transpose().reduction().orElseThrow(), b);
    }

    private Solution solved(Reduction reduction, Matrix b) {
      Solution y = system.solve(reduction.reduced(b));
      boolean isFinite = y.value().isFinite();
      return new Solution(
          isFinite ? reduction.expanded(b, y.value()) : Matrix.zeros(b.rows(), b.cols()),
          isFinite ? y.outcome() : Outcome.NOT_FINITE,
          y.method() + " on " + reduction.system().rows() + " of " + operator.rows(),
          y.iterations(),
          y.residualNorm(),
          y.relativeResidual(),
          reduction.eigenvalue(y.smallestEigenvalue()));
    }
  }

  /** Where no unknown is left. */
  private record Nothing() implements PreparedSolver {
    @Override
    public Solution solve(Matrix b, Matrix start) {
      return new Solution(b, Outcome.CONVERGED, "direct", 0, 0, 0, OptionalDouble.empty());
    }

    @Override
    public Solution solveTransposed(Matrix b, Matrix start) {
      return solve(b, start);
    }
  }
}
