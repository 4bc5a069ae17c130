package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * min over z of 1/2 z'Qz + c'z subject to l <= A z <= u, A = [E; M], l = [d; -inf], u = [d; h],
 * held on the driver.
 *
 * @param q n x n
 * @param c n x 1
 * @param a m x n
 * @param low m x 1
 * @param high m x 1
 */
record QuadraticProgram(Matrix q, Matrix c, Matrix a, Matrix low, Matrix high) {
  /**
   * Read off KKT equations at z = 0, nu = 0, lam = 1, where their Jacobian is [[Q, E', M'], [E, 0,
   * 0], [M, 0, -diag(h)]]: one evaluation and one product. Empty where they are not finite.
   */
  static Optional<QuadraticProgram> of(Problem problem, Problem.Constraints constraints) {
    int size = problem.size();
    int m = constraints.inequalities();
    int n = size - constraints.equalities() - m;
    Matrix point = Matrix.column(size, i -> i < size - m ? 0 : 1);
    try (ClosableOperator jacobian = problem.jacobian(point)) {
      Matrix f = problem.evaluate(point).residual();
      Matrix all = DenseOperator.of(jacobian).matrix();
      if (!f.isFinite() || !all.isFinite()) {
        return Optional.empty();
      }
      Matrix columns = all.columns(0, n);
      Matrix a = columns.rows(n, size);
      Matrix bound = f.rows(n, size).times(-1);
      Matrix low =
          Matrix.column(size - n, i -> i < size - n - m ? bound.at(i) : Double.NEGATIVE_INFINITY);
      Matrix pull = a.rows(a.rows() - m, a.rows()).transpose().times(Matrix.filled(m, 1, 1));
      return Optional.of(
          new QuadraticProgram(columns.rows(0, n), f.rows(0, n).minus(pull), a, low, bound));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  int variables() {
    return c.rows();
  }

  int constraints() {
    return a.rows();
  }

  boolean isEquality(int i) {
    return low.at(i) == high.at(i);
  }

  /** The nearest point of [l, u]. */
  Matrix clip(Matrix point) {
    return point.with(low, Math::max).with(high, Math::min);
  }

  /** [z; y], the unknowns of the KKT equations. */
  static Matrix joined(Matrix z, Matrix y) {
    return Matrix.beside(List.of(z.transpose(), y.transpose())).transpose();
  }

  /** F = [Qz + c + A'y; Ez - d; lam o (Mz - h)], y = [nu; lam]. */
  Matrix residual(Matrix z, Matrix y) {
    Matrix gap = a.times(z).minus(high);
    Matrix rows = Matrix.column(gap.rows(), i -> gap.at(i) * (isEquality(i) ? 1 : y.at(i)));
    return joined(q.times(z).plus(c).plus(a.transpose().times(y)), rows);
  }

  /**
   * How far (z, y) is from a solution: |F|, or the largest of Mz - h and -lam where that is more.
   */
  double violation(Matrix z, Matrix y) {
    double worst = residual(z, y).norm();
    Matrix gap = a.times(z).minus(high);
    for (int i = 0; i < gap.rows(); i++) {
      if (!isEquality(i)) {
        worst = Math.max(worst, Math.max(gap.at(i), -y.at(i)));
      }
    }
    return worst;
  }

  /**
   * Whether y proves that no z is feasible: A'y = 0 and the least of u'y+ + l'y- is below zero
   * (Farkas).
   */
  boolean isInfeasibleBy(Matrix y, double tolerance) {
    double scale = y.maxAbs();
    if (!(scale > 0)) {
      return false;
    }
    double bound = 0;
    for (int i = 0; i < y.rows(); i++) {
      double v = y.at(i) / scale;
      if (v < -tolerance && Double.isInfinite(low.at(i))) {
        return false;
      }
      bound += v >= 0 ? v * high.at(i) : isEquality(i) ? v * low.at(i) : 0;
    }
    double size = Math.max(1, a.maxAbs());
    return a.transpose().times(y).maxAbs() <= tolerance * size * scale
        && bound < -tolerance * Math.max(1, finite(high));
  }

  /** Whether the objective falls without end along z: Qz = 0, Az in the recession cone, c'z < 0. */
  boolean isUnboundedAlong(Matrix z, double tolerance) {
    double scale = z.maxAbs();
    if (!(scale > 0) || q.times(z).maxAbs() > tolerance * Math.max(1, q.maxAbs()) * scale) {
      return false;
    }
    Matrix moved = a.times(z);
    double size = tolerance * Math.max(1, a.maxAbs()) * scale;
    for (int i = 0; i < moved.rows(); i++) {
      if (moved.at(i) > size || (isEquality(i) && moved.at(i) < -size)) {
        return false;
      }
    }
    return c.dot(z) < -tolerance * Math.max(1, c.maxAbs()) * scale;
  }

  private static double finite(Matrix bounds) {
    return bounds.map(v -> Double.isInfinite(v) ? 0 : v).maxAbs();
  }

  /**
   * [z; y] of the KKT equations with these constraints as equalities, refined once, in the
   * least-squares sense where they are singular.
   *
   * @param singular the reciprocal condition of a matrix that is
   */
  Solved solved(List<Integer> active, double singular) {
    int n = variables();
    int size = n + active.size();
    Matrix rows = Matrix.tabulate(size - n, n, (i, j) -> a.at(active.get(i), j));
    Matrix matrix =
        Matrix.tabulate(
            size,
            size,
            (i, j) ->
                i < n ? j < n ? q.at(i, j) : rows.at(j - n, i) : j < n ? rows.at(i - n, j) : 0);
    Matrix b = Matrix.column(size, i -> i < n ? -c.at(i) : high.at(active.get(i - n)));
    Factorisation symmetric = Factorisation.scaledSymmetric(matrix);
    boolean isRegular = symmetric.reciprocalCondition() > singular;
    Factorisation factors = isRegular ? symmetric : SingularValues.of(matrix);
    Matrix x = factors.solve(b);
    x = x.plus(factors.solve(b.minus(matrix.times(x))));
    return new Solved(x, matrix, b);
  }

  /** K x = b, approximately. */
  record Solved(Matrix x, Matrix k, Matrix b) {}
}
