package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;

/**
 * A problem whose symmetric Jacobian is taken to be positive definite, so that a linear solver says
 * where it is not.
 */
record AssumedConvex(Problem problem) implements ForwardingProblem {
  @Override
  public Optional<DenseOperator> wholeJacobian(Matrix x) {
    return problem
        .wholeJacobian(x)
        .map(found -> new DenseOperator(found.matrix(), Structure.POSITIVE_DEFINITE));
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    return new Hessian(problem.jacobian(x));
  }

  @Override
  public List<Problem> batches(int count, long seed) {
    return problem.batches(count, seed).stream().<Problem>map(AssumedConvex::new).toList();
  }

  private record Hessian(ClosableOperator operator)
      implements ForwardingOperator, ClosableOperator {
    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }

    @Override
    public void close() {
      operator.close();
    }
  }
}
