package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.breeze.Cholesky;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * The randomised Nystrom preconditioner of A = H + mu I: from the products Y = H Omega with r
 * random orthonormal columns, H is close to U diag(lambda) U' = Y (Omega'Y)^-1 Y', and
 *
 * <pre>
 *   M = U diag((lambda_i + mu) / (lambda_r + mu)) U' + (I - U U')
 * </pre>
 *
 * <p>With r above about twice the effective dimension tr(H (H + mu I)^-1) the condition of M^-1 A
 * is bounded by a small constant. The sketch is made positive definite by a shift of the size of
 * rounding, which is taken off the eigenvalues again.
 *
 * <p>Cost: one product with r columns; 4 n r operations to apply. M's eigenvalues are 1 or more.
 *
 * <p>Source: Frangella, Tropp and Udell 2021 (arXiv 2110.02820), algorithm 2.1 and section 5.
 */
public final class NystromPreconditioner implements Preconditioner {
  private final int rank;
  private final double mu;
  private final long seed;

  private NystromPreconditioner(int rank, double mu, long seed) {
    if (rank < 1) {
      throw new IllegalArgumentException("Invalid rank: " + rank + " (must be >= 1)");
    }
    if (!(mu >= 0) || Double.isInfinite(mu)) {
      throw new IllegalArgumentException("Invalid mu: " + mu + " (must be finite and >= 0)");
    }
    this.rank = rank;
    this.mu = mu;
    this.seed = seed;
  }

  /** Of an A whose shift mu is known, such as a common ridge penalty. */
  public static NystromPreconditioner of(int rank, double mu, long seed) {
    return new NystromPreconditioner(rank, mu, seed);
  }

  /**
   * Of an A whose shift is not known: A itself is sketched, so that the lambda_i are estimates of
   * lambda_i + mu.
   */
  public static NystromPreconditioner of(int rank, long seed) {
    return new NystromPreconditioner(rank, 0, seed);
  }

  @Override
  public String name() {
    return "Nystrom(" + rank + ")";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    Require.square(operator);
    int n = operator.cols();
    Random random = new Random(seed);
    double[] normal = new double[n * Math.min(rank, n)];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    Matrix omega = OrthonormalBasis.of(Matrix.adopting(n, Math.min(rank, n), normal)).q();
    Matrix sketch = operator.apply(omega).plus(-mu, omega);
    double nu = Math.sqrt(n) * Math.ulp(sketch.norm());
    Matrix shifted = sketch.plus(nu, omega);
    Matrix core = omega.transpose().times(shifted);
    Cholesky factor =
        Cholesky.of(core.plus(core.transpose()).times(0.5))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid operator: Omega'A Omega - mu I is not positive definite (must be;"
                            + " give a smaller mu, or none)"));
    return of(shifted, factor, nu);
  }

  /** From the eigenvectors of Y C^-1 Y' = Q (R C^-1 R') Q', where Y = Q R. */
  private Prepared of(Matrix shifted, Cholesky core, double nu) {
    OrthonormalBasis basis = OrthonormalBasis.of(shifted);
    Matrix small = basis.r().times(core.solve(basis.r().transpose()));
    SingularValues eigen = SingularValues.of(small.plus(small.transpose()).times(0.5));
    Matrix lambda = eigen.values().map(v -> Math.max(0, v - nu) + mu);
    Matrix u = basis.q().times(eigen.left());
    double last = lambda.at(lambda.rows() - 1);
    double floor = Math.max(last, Math.ulp(1.0) * lambda.maxAbs());
    return new Prepared(u, u.transpose(), lambda.map(v -> floor / Math.max(v, floor) - 1));
  }

  /** M^-1 = I + U diag(change) U'. */
  private record Prepared(Matrix u, Matrix uTransposed, Matrix change)
      implements PreparedPreconditioner {
    @Override
    public Matrix apply(Matrix r) {
      double[] along = uTransposed.times(r).toArray();
      for (int i = 0; i < along.length; i++) {
        along[i] *= change.at(i / r.cols());
      }
      return r.plus(u.times(Matrix.adopting(change.rows(), r.cols(), along)));
    }

    @Override
    public int products() {
      return 1;
    }

    @Override
    public OptionalDouble smallestEigenvalue() {
      return OptionalDouble.of(1);
    }
  }
}
