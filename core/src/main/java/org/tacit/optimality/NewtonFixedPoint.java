package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A root of G(x, theta), n x 1, as the fixed point of a Newton step
 *
 * <pre>
 *   T(x, theta) = x - eta [d1G(x, theta)]^-1 G(x, theta)
 * </pre>
 *
 * At the root A = -eta I and B = -eta [d1G]^-1 d2G, so that the linear system of the derivative is
 * solved beforehand, inside B. The Jacobian d1G is built whole, in one pass, and so has as many
 * unknowns at most as the driver holds the matrix of ({@link Cost#MOST_UNKNOWNS}); where it is
 * singular the residual is not a number. One pass, of n products. Source: arXiv 2105.15183, Table
 * 1, row "Newton".
 */
public final class NewtonFixedPoint {
  private NewtonFixedPoint() {}

  /** An equation in x and theta, n x 1. */
  public interface Equation {
    Var of(Var x, Var theta);
  }

  /** The condition of G = 0 on n unknowns and q parameters. */
  public static Condition of(int n, int q, Equation g, double eta) {
    double step = StepSize.require(eta);
    if (n > Cost.MOST_UNKNOWNS) {
      throw new IllegalArgumentException(
          "Invalid unknowns: "
              + n
              + " (must be at most "
              + Cost.MOST_UNKNOWNS
              + " for a dense Jacobian; use Root or Stationarity)");
    }
    return FixedPoint.of(
        n,
        q,
        (x, theta) -> {
          Var value = g.of(x, theta);
          return x.minus(jacobian(value, x).solve(value).times(step));
        });
  }

  /** The condition of a stationary point of f: G = grad_x f. */
  public static Condition ofObjective(int n, int q, ProximalGradient.Smooth smooth, double eta) {
    return of(n, q, (x, theta) -> Vjp.gradient(smooth.of(x, theta), x), eta);
  }

  private static Var jacobian(Var value, Var x) {
    Matrix identity = Matrix.identity(x.shape().size());
    List<Var> columns = new ArrayList<>();
    for (int j = 0; j < identity.cols(); j++) {
      columns.add(Jvp.of(value, x, Var.constant(identity.columnAt(j))));
    }
    return Var.concatenate(Side.COLS, columns);
  }
}
