package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.EuclideanNorm;
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
    return phi.columns().stream().mapToDouble(Matrix::norm).reduce(0, Math::max);
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

  /**
   * The block tridiagonal matrix T = Q'A Q that block conjugate gradients make on their way, by its
   * inverse: with Q = S U, U having the identity on its diagonal and -zeta' above it,
   *
   * <pre>
   *   T^-1 = U^-1 diag(xi) U'^-1
   * </pre>
   */
  private static final class BlockTridiagonal {
    private static final int POWERS = 40;

    private final List<Matrix> xi = new ArrayList<>();

    /** The zeta that leads to step i + 1. */
    private final List<Matrix> zeta = new ArrayList<>();

    void add(Matrix newXi, Matrix newZeta) {
      xi.add(newXi);
      zeta.add(newZeta);
    }

    /**
     * The smallest eigenvalue from above, by the power method on T^-1; infinite before the first
     * step.
     */
    double smallest() {
      int steps = xi.size();
      if (steps == 0) {
        return Double.POSITIVE_INFINITY;
      }
      Random random = new Random(steps);
      List<Matrix> v = new ArrayList<>();
      for (Matrix block : xi) {
        v.add(Matrix.column(random.doubles(block.rows(), 0.5, 1).toArray()));
      }
      double norm = 1;
      for (int k = 0; k < POWERS; k++) {
        double before = norm(v);
        v.replaceAll(block -> block.times(1 / before));
        v = solved(v);
        norm = norm(v);
      }
      return 1 / norm;
    }

    private List<Matrix> solved(List<Matrix> v) {
      List<Matrix> w = new ArrayList<>();
      Matrix y = v.get(0);
      w.add(xi.get(0).times(y));
      for (int j = 1; j < v.size(); j++) {
        y = v.get(j).plus(zeta.get(j - 1).times(y));
        w.add(xi.get(j).times(y));
      }
      for (int j = v.size() - 2; j >= 0; j--) {
        w.set(j, w.get(j).plus(zeta.get(j).transpose().times(w.get(j + 1))));
      }
      return w;
    }

    private static double norm(List<Matrix> v) {
      return EuclideanNorm.of(v.stream().mapToDouble(Matrix::norm).toArray());
    }
  }
}
