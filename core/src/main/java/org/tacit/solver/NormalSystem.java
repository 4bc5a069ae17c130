package org.tacit.solver;

import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Dual;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.HeldBlock;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * The systems (J'J + lambda D) s = -g of a least-squares problem at a point. Where {@link
 * org.tacit.operator.Cost} says that it is cheap, J'J is built by one product with the identity, D
 * is its diagonal, and other lambdas cost no pass; elsewhere D = I and each step of conjugate
 * gradients is one.
 */
record NormalSystem(
    ClosableOperator products, Matrix gradient, double tolerance, Optional<Matrix> whole)
    implements AutoCloseable {
  private static final double FLOOR = 1e-12;

  /** The system where the iterates stand; the caller closes it. */
  static NormalSystem at(String method, Problem problem, Iterates iterates) {
    var squares =
        Method.part(method, problem, Problem.Squares.class, "no squares (must be a LeastSquares)");
    ClosableOperator products = iterates.metered(() -> squares.products().apply(iterates.x()));
    try {
      Optional<Matrix> whole =
          products.cost().isCheapWhole()
              ? Optional.of(DenseOperator.of(products).matrix())
              : Optional.empty();
      if (whole.filter(a -> !a.isFinite()).isPresent()) {
        throw NotANumberException.of("J'J");
      }
      double enough = 0.5 * iterates.bound() / iterates.norm();
      double tolerance = Math.max(enough, Math.min(0.1, Math.sqrt(iterates.relativeNorm())));
      return new NormalSystem(products, iterates.here().residual(), tolerance, whole);
    } catch (RuntimeException failed) {
      products.close();
      throw failed;
    }
  }

  /** s for one lambda. */
  Matrix step(double lambda) {
    Matrix b = gradient.times(-1);
    if (whole.isEmpty()) {
      Damped damped = new Damped(products, lambda);
      return LinearSolver.conjugateGradient(tolerance, 2 * b.rows())
          .prepare(damped)
          .solve(b)
          .value();
    }
    Matrix a = damped(whole.get(), lambda);
    return Factorisation.cholesky(a)
        .map(factors -> factors.solve(b))
        .filter(Matrix::isFinite)
        .orElseGet(() -> SingularValues.of(a).solve(b));
  }

  private static Matrix damped(Matrix a, double lambda) {
    int n = a.rows();
    double largest = IntStream.range(0, n).mapToDouble(i -> a.at(i, i)).reduce(0, Math::max);
    Matrix added = Matrix.column(n, i -> lambda * Math.max(a.at(i, i), FLOOR * largest));
    return Matrix.tabulate(n, n, (i, j) -> i == j ? a.at(i, i) + added.at(i) : a.at(i, j));
  }

  /** What the model |r + J s|^2 / 2 wins by a step: -g's - 1/2 |J s|^2. */
  double decrease(Matrix s) {
    Matrix product = whole.map(a -> a.times(s)).orElseGet(() -> products.apply(s));
    return -gradient.dot(s) - 0.5 * s.dot(product);
  }

  @Override
  public void close() {
    products.close();
  }

  /** J'J + lambda I. */
  record Damped(LinearOperator operator, double lambda) implements ForwardingOperator {
    @Override
    public Matrix apply(Matrix x) {
      return operator.apply(x).plus(lambda, x);
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Optional<Matrix> diagonal() {
      return operator.diagonal().map(d -> d.map(v -> v + lambda));
    }

    /** That of J'J is of another matrix. */
    @Override
    public Optional<HeldBlock> block(Matrix isIn) {
      return Optional.empty();
    }

    /** Those of J'J are of other systems. */
    @Override
    public Optional<Dual> dual() {
      return Optional.empty();
    }

    @Override
    public Optional<LinearOperator.Reduction> reduction() {
      return Optional.empty();
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }
  }
}
