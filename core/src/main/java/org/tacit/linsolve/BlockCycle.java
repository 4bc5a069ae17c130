package org.tacit.linsolve;

import java.util.Optional;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * Steps of {@link LinearSolver#blockConjugateGradient} for A D = R from D = 0. With orthonormal Q,
 * R = Q Phi:
 *
 * <pre>
 *   xi = (S'A S)^-1    D += S xi Phi    Q+ zeta = Q - A S xi    Phi = zeta Phi    S = Q+ + S zeta'
 * </pre>
 */
final class BlockCycle {
  private final double target;
  private final BlockTridiagonal tridiagonal = new BlockTridiagonal();
  private Matrix d;
  private Matrix best;
  private double bestResidual = Double.POSITIVE_INFINITY;
  private Matrix q;
  private Matrix phi;
  private Matrix s;
  private int steps;

  BlockCycle(Matrix r, double target) {
    this.target = target;
    OrthonormalBasis basis = OrthonormalBasis.of(r);
    this.q = basis.q();
    this.phi = basis.r();
    this.s = q;
    this.d = Matrix.zeros(r.rows(), r.cols());
    this.best = d;
  }

  /** Takes steps until the recursion says that all columns are within the target. */
  Outcome run(LinearOperator operator, int maxSteps) {
    double residual = worst();
    while (residual > target && q.cols() > 0) {
      if (steps >= maxSteps) {
        best = d;
        return Outcome.BUDGET_EXHAUSTED;
      }
      Matrix product = operator.apply(s);
      Outcome outcome = product.isFinite() ? step(product) : Outcome.NOT_FINITE;
      if (!outcome.isConverged()) {
        return outcome;
      }
      steps++;
      residual = worst();
      if (residual < bestResidual) {
        best = d;
        bestResidual = residual;
      }
    }
    return Outcome.CONVERGED;
  }

  private Outcome step(Matrix product) {
    Matrix curvature = s.transpose().times(product);
    Optional<Factorisation> factor = Factorisation.cholesky(curvature);
    double rounding = s.rows() * Math.ulp(1.0) * product.norm() * s.norm();
    double smallest = Eigenvalues.ofSymmetric(curvature).at(0);
    if (factor.isEmpty() || smallest <= rounding) {
      return smallest < -rounding ? Outcome.WRONG_STRUCTURE : Outcome.SINGULAR;
    }
    Matrix xi = factor.get().solve(Matrix.identity(s.cols()));
    d = d.plus(s.times(xi.times(phi)));
    OrthonormalBasis basis = OrthonormalBasis.of(q.minus(product.times(xi)));
    Matrix zeta = basis.r();
    tridiagonal.add(xi, zeta);
    q = basis.q();
    phi = zeta.times(phi);
    s = q.plus(s.times(zeta.transpose()));
    return Outcome.CONVERGED;
  }

  /** The largest norm of a residual; Q keeps norms. */
  private double worst() {
    double worst = 0;
    for (int j = 0; j < phi.cols(); j++) {
      worst = Math.max(worst, phi.columnAt(j).norm());
    }
    return worst;
  }

  /** D at the step of the smallest residual, or at the last when the steps ran out. */
  Matrix correction() {
    return best;
  }

  int steps() {
    return steps;
  }

  double smallestRitzValue() {
    return tridiagonal.smallest();
  }
}
