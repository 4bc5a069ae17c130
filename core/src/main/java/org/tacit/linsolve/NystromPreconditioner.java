package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#nystrom}. */
record NystromPreconditioner(int rank, double mu, long seed) implements Preconditioner {
  NystromPreconditioner {
    if (rank < 1) {
      throw new IllegalArgumentException("Invalid rank: " + rank + " (must be >= 1)");
    }
    if (!(mu >= 0) || Double.isInfinite(mu)) {
      throw new IllegalArgumentException("Invalid mu: " + mu + " (must be finite and >= 0)");
    }
  }

  @Override
  public String name() {
    return "Nystrom(" + rank + ")";
  }

  @Override
  public Prepared prepare(LinearOperator operator) {
    Require.square(operator);
    int n = operator.cols();
    Random random = new Random(seed);
    Matrix normal = Matrix.tabulate(n, Math.min(rank, n), (i, j) -> random.nextGaussian());
    Matrix omega = OrthonormalBasis.of(normal).q();
    Matrix sketch = operator.apply(omega).plus(-mu, omega);
    double nu = Math.sqrt(n) * Math.ulp(sketch.norm());
    Matrix shifted = sketch.plus(nu, omega);
    Matrix core = omega.transpose().times(shifted);
    Factorisation factor =
        Factorisation.cholesky(core.plus(core.transpose()).times(0.5))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid operator: Omega'A Omega - mu I is not positive definite (must be;"
                            + " give a smaller mu, or none)"));
    return of(shifted, factor, nu);
  }

  /** From the eigenvectors of Y C^-1 Y' = Q (R C^-1 R') Q', where Y = Q R. */
  private Prepared of(Matrix shifted, Factorisation core, double nu) {
    OrthonormalBasis basis = OrthonormalBasis.of(shifted);
    Matrix small = basis.r().times(core.solve(basis.r().transpose()));
    SingularValues eigen = SingularValues.of(small.plus(small.transpose()).times(0.5));
    Matrix lambda = eigen.values().map(v -> Math.max(0, v - nu) + mu);
    Matrix u = basis.q().times(eigen.left());
    double last = lambda.at(lambda.rows() - 1);
    double floor = Math.max(last, Math.ulp(1.0) * lambda.maxAbs());
    Matrix uTransposed = u.transpose();
    Matrix change = lambda.map(v -> floor / Math.max(v, floor) - 1);
    // M^-1 = I + U diag(change) U'.
    return new Prepared(
        r -> {
          Matrix along = uTransposed.times(r);
          Matrix changed =
              Matrix.tabulate(along.rows(), along.cols(), (i, j) -> along.at(i, j) * change.at(i));
          return r.plus(u.times(changed));
        },
        1,
        OptionalDouble.of(1));
  }
}
