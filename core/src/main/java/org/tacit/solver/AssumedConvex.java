package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Dual;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;

/**
 * A problem whose symmetric Jacobian is taken to be positive definite, so that a linear solver says
 * where it is not.
 */
record AssumedConvex(Problem problem) implements Problem {
  @Override
  public int size() {
    return problem.size();
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    return problem.evaluate(x);
  }

  @Override
  public List<Evaluated> evaluateAll(List<Matrix> points) {
    return problem.evaluateAll(points);
  }

  @Override
  public Optional<DenseOperator> wholeJacobian(Matrix x) {
    return problem
        .wholeJacobian(x)
        .map(found -> new DenseOperator(found.matrix(), Structure.POSITIVE_DEFINITE));
  }

  @Override
  public boolean isHeld() {
    return problem.isHeld();
  }

  @Override
  public boolean isAffine() {
    return problem.isAffine();
  }

  @Override
  public Cost cost() {
    return problem.cost();
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    return new Hessian(problem.jacobian(x));
  }

  private record Hessian(ClosableOperator operator) implements ClosableOperator {
    @Override
    public int rows() {
      return operator.rows();
    }

    @Override
    public int cols() {
      return operator.cols();
    }

    @Override
    public Matrix apply(Matrix x) {
      return operator.apply(x);
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Optional<Matrix> diagonal() {
      return operator.diagonal();
    }

    @Override
    public boolean isHeld() {
      return operator.isHeld();
    }

    @Override
    public Optional<Dual> dual() {
      return operator.dual();
    }

    @Override
    public Cost cost() {
      return operator.cost();
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
