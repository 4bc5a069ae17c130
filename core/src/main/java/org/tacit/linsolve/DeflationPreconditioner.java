package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.breeze.Cholesky;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * Deflation by directions that are known to be slow, such as solutions of the last outer step: with
 * W an orthonormal basis of them, E = W'A W and P = I - A W E^-1 W',
 *
 * <pre>
 *   M^-1 = P' P tau + W E^-1 W'      tau = k / trace(E)
 * </pre>
 *
 * <p>It solves exactly along W, and leaves the rest as it is; an invariant W takes its eigenvalues
 * out of the spectrum. Directions that depend on others are left out.
 *
 * <p>Cost: one product with as many columns as directions; 8 n k operations to apply. M's smallest
 * eigenvalue is not known.
 *
 * <p>Source: Mandel 1993 (balancing); Tang, Nabben, Vuik and Erlangga 2009, section 2.
 */
public final class DeflationPreconditioner implements Preconditioner {
  private final Matrix directions;

  private DeflationPreconditioner(Matrix directions) {
    this.directions = directions;
  }

  /** By the columns of {@code directions}, n x k. */
  public static DeflationPreconditioner of(Matrix directions) {
    return new DeflationPreconditioner(directions);
  }

  @Override
  public String name() {
    return "deflation(" + directions.cols() + ")";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    Require.system(operator.cols(), directions, directions);
    Matrix w = OrthonormalBasis.of(directions).q();
    if (w.cols() == 0) {
      return new NoPreconditioner().prepare(operator);
    }
    Matrix aw = operator.apply(w);
    Matrix e = w.transpose().times(aw);
    double trace = 0;
    for (int i = 0; i < e.rows(); i++) {
      trace += e.at(i, i);
    }
    Cholesky factor =
        Cholesky.of(e.plus(e.transpose()).times(0.5))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid operator: W'A W is not positive definite (must be)"));
    return new Prepared(w, aw, factor, e.rows() / trace);
  }

  private record Prepared(Matrix w, Matrix aw, Cholesky e, double tau)
      implements PreparedPreconditioner {
    @Override
    public Matrix apply(Matrix r) {
      Matrix coarse = e.solve(w.transpose().times(r));
      Matrix projected = r.minus(aw.times(coarse));
      Matrix back = w.times(e.solve(aw.transpose().times(projected)));
      return projected.minus(back).times(tau).plus(w.times(coarse));
    }

    @Override
    public int products() {
      return 1;
    }

    @Override
    public OptionalDouble smallestEigenvalue() {
      return OptionalDouble.empty();
    }
  }
}
