package org.tacit.solver;

import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/** {@link CompositeMinimiser#consensusSplitting}. */
final class ConsensusSplitting {
  private static final int EVERY = 20;
  private static final int AT_MOST = 100_000;
  private static final double UNBALANCED = 5;

  private ConsensusSplitting() {}

  /** Until the residual at z is within half the problem's bound; the best z. */
  static Matrix minimise(QuadraticModel model, Iterates of) {
    Matrix z = of.x();
    Matrix linear = model.hessian().times(z).minus(model.at(z).gradient());
    double rho = Math.max(1e-300, model.hessian().norm() / Math.sqrt(model.size()));
    Factorisation factors = factorised(model, rho);
    Matrix u = Matrix.zeros(z.rows(), 1);
    Matrix best = z;
    double lowest = of.norm();
    for (int k = 1; k <= AT_MOST && lowest > 0.5 * of.bound(); k++) {
      if (k > 1 && !(of.isOpen() && of.hasBudget(2))) {
        break;
      }
      if (k > 1) {
        of.stay();
      }
      Matrix x = factors.solve(linear.plus(rho, z.minus(u)));
      Matrix next = model.prox(x.plus(u), 1 / rho);
      u = u.plus(x).minus(next);
      double primal = x.minus(next).norm();
      double dual = rho * next.minus(z).norm();
      z = next;
      double norm = model.at(z).residual().norm();
      if (norm < lowest) {
        lowest = norm;
        best = z;
      }
      double balance = Math.sqrt(primal * rho / Math.max(1e-300, dual));
      boolean isBalanced = balance < UNBALANCED && balance > 1 / UNBALANCED;
      if (k % EVERY == 0 && !isBalanced) {
        double factor = Math.min(10, Math.max(0.1, balance));
        rho *= factor;
        u = u.times(1 / factor);
        factors = factorised(model, rho);
      }
    }
    return best;
  }

  private static Factorisation factorised(QuadraticModel model, double rho) {
    Matrix matrix = model.hessian().plus(rho, Matrix.identity(model.size()));
    return Factorisation.scaledCholesky(matrix)
        .orElseGet(() -> Factorisation.scaledSymmetric(matrix));
  }
}
