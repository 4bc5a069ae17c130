package org.tacit.solver;

import org.tacit.matrix.Matrix;
import org.tacit.operator.HeldBlock;
import org.tacit.optimality.Problem;

/**
 * Cyclic coordinate descent for the second-order model of f at z, plus a lasso or an elastic net,
 * where the driver holds the Hessian's columns:
 *
 * <pre>
 *   x_j+ = prox_{g_j / H_jj}(x_j - (grad + H (x - z))_j / H_jj)
 * </pre>
 *
 * <p>A sweep costs what a product with H does. It ends where the model's residual is small enough,
 * or sweeps get slow. Source: Friedman, Hastie and Tibshirani, Regularization paths for generalized
 * linear models via coordinate descent, 2010, section 2.1.
 */
final class ColumnSweeps {
  /** Between two looks at the residual, which cost a product each. */
  private static final int TOGETHER = 4;

  private static final int MOST = 40;

  /** Sweeps between two looks that leave more of the residual are slow ones. */
  private static final double SLOW = 0.7;

  private final HeldBlock.Columns columns;
  private final AbsolutePenalty penalty;
  private final ProductModel model;
  private final Problem.Point centre;
  private final double damping;

  /** Of a model with this damping on its diagonal besides. */
  ColumnSweeps(
      HeldBlock.Columns columns,
      AbsolutePenalty penalty,
      ProductModel model,
      Problem.Point centre,
      double damping) {
    this.columns = columns;
    this.penalty = penalty;
    this.model = model;
    this.centre = centre;
    this.damping = damping;
  }

  /** From a point, until the residual's norm is {@code enough}. */
  Matrix descended(Matrix start, double enough) {
    Matrix best = start;
    double least = model.at(start).residual().norm();
    double[] x = start.toArray();
    double[] q = columns.none();
    for (int j = 0; j < x.length; j++) {
      columns.move(j, x[j] - centre.x().at(j), q);
    }
    for (int round = 0; round < MOST / TOGETHER && least > enough; round++) {
      for (int sweep = 0; sweep < TOGETHER; sweep++) {
        sweep(x, q);
      }
      Matrix there = Matrix.column(x);
      double norm = there.isFinite() ? model.at(there).residual().norm() : Double.NaN;
      if (!(norm < least)) {
        break;
      }
      boolean isSlow = norm > SLOW * least;
      best = there;
      least = norm;
      if (isSlow) {
        break;
      }
    }
    return best;
  }

  private void sweep(double[] x, double[] q) {
    for (int j = 0; j < x.length; j++) {
      double h = columns.diagonal(j) + damping;
      if (!(h > 0)) {
        continue;
      }
      double moved = x[j] - centre.x().at(j);
      double slope = centre.gradient().at(j) + columns.product(j, moved, q) + damping * moved;
      double next = penalty.proximal(j, x[j] - slope / h, 1 / h);
      if (next != x[j]) {
        columns.move(j, next - x[j], q);
        x[j] = next;
      }
    }
  }
}
