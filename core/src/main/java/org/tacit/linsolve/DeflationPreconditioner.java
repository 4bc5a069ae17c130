package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#deflation}. */
final class DeflationPreconditioner {
  private DeflationPreconditioner() {}

  static Preconditioner.Prepared of(Matrix directions, LinearOperator operator) {
    Require.system(operator.cols(), directions, directions);
    Matrix w = OrthonormalBasis.of(directions).q();
    if (w.cols() == 0) {
      return Preconditioner.none().prepare(operator);
    }
    Matrix aw = operator.apply(w);
    Matrix e = w.transpose().times(aw);
    double trace = 0;
    for (int i = 0; i < e.rows(); i++) {
      trace += e.at(i, i);
    }
    Factorisation factor =
        Factorisation.cholesky(e.plus(e.transpose()).times(0.5))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid operator: W'A W is not positive definite (must be)"));
    double tau = e.rows() / trace;
    return new Preconditioner.Prepared(
        r -> {
          Matrix coarse = factor.solve(w.transpose().times(r));
          Matrix projected = r.minus(aw.times(coarse));
          Matrix back = w.times(factor.solve(aw.transpose().times(projected)));
          return projected.minus(back).times(tau).plus(w.times(coarse));
        },
        1,
        OptionalDouble.empty());
  }
}
