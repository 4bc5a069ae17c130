package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#deflation}. */
record DeflationPreconditioner(Matrix directions) implements Preconditioner {
  @Override
  public String name() {
    return "deflation(" + directions.cols() + ")";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
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
    return new Prepared(w, aw, factor, e.rows() / trace);
  }

  private record Prepared(Matrix w, Matrix aw, Factorisation e, double tau)
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
