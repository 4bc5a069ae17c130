package org.tacit.bilevel;

import org.tacit.linsolve.Nearby;
import org.tacit.matrix.Matrix;
import org.tacit.solver.ResidualScale;

/**
 * What earlier solves leave to the next one, which saves passes and, within the tolerance, changes
 * nothing.
 *
 * @param x where the inner solve starts
 * @param adjoint where the adjoint solve starts
 * @param nearby what is known of the Hessian
 * @param scale what tolerances are relative to
 */
record WarmStart(Matrix x, Matrix adjoint, Nearby nearby, Scale scale) {
  /**
   * |F(0, theta)| where it was taken last, that theta, and |x| there. It is taken anew where x has
   * grown tenfold, since a start above an l1 penalty's largest useful value has F(0, theta) = 0,
   * and, where theta is no penalty, where a theta has moved by more than 1: logarithms of weights
   * that fall together make F small, and a tolerance that stayed would ask for nothing.
   */
  record Scale(ResidualScale residual, double size, Matrix theta) {
    static final Scale UNKNOWN = new Scale(new ResidualScale(0, 1), 0, Matrix.scalar(0));
    private static final double GROWTH = 10;
    private static final double MOVED = 1;

    boolean suits(Matrix x) {
      return residual.norm() != 0 && x.norm() <= GROWTH * size;
    }

    boolean suitsTheta(Matrix other) {
      return residual.norm() != 0 && theta.minus(other).maxAbs() <= MOVED;
    }

    /** The size of a first solution, where it was zero. */
    Scale seeing(Matrix x) {
      return size == 0 ? new Scale(residual, x.norm(), theta) : this;
    }
  }

  /** Where nothing is known. */
  static WarmStart cold(int unknowns) {
    Matrix zeros = Matrix.zeros(unknowns, 1);
    return new WarmStart(zeros, zeros, Nearby.NOTHING, Scale.UNKNOWN);
  }

  WarmStart with(Nearby other) {
    return new WarmStart(x, adjoint, other, scale);
  }

  WarmStart with(Scale other) {
    return new WarmStart(x, adjoint, nearby, other);
  }

  WarmStart from(Matrix start) {
    return new WarmStart(start, adjoint, nearby, scale);
  }
}
