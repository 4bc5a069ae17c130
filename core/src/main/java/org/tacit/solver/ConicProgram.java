package org.tacit.solver;

import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.ConicResidual;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * The data of a conic program min c'z subject to E z + s = d, s in K, read off the residual F of
 * {@link ConicResidual}: E by one product with its Jacobian, c and d at zero.
 *
 * @param e m x p
 * @param d m x 1
 * @param c p x 1
 * @param normal I + E'E factorised
 */
record ConicProgram(Matrix e, Matrix d, Matrix c, Factorisation normal) {
  static Optional<ConicProgram> of(Problem problem, Matrix at, int n) {
    int size = problem.size();
    Matrix variables = Matrix.identity(size).columns(0, n);
    try (ClosableOperator jacobian = problem.jacobian(at)) {
      Matrix e = jacobian.apply(variables).rows(n, size).times(-1);
      Matrix atZero = problem.evaluate(Matrix.zeros(size, 1)).residual();
      if (!e.isFinite() || !atZero.isFinite()) {
        return Optional.empty();
      }
      Optional<Factorisation> normal =
          Factorisation.scaledCholesky(e.transpose().times(e).plus(Matrix.identity(n)));
      return normal.map(
          factors -> new ConicProgram(e, atZero.rows(n, size), atZero.rows(0, n), factors));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  /** -(I + M)^-1 F. */
  Matrix step(Matrix f) {
    int n = c.rows();
    Matrix first = f.rows(0, n);
    Matrix second = f.rows(n, f.rows());
    Matrix z = normal.solve(first.minus(pull(second)));
    return QuadraticProgram.joined(z, second.plus(push(z))).times(-1);
  }

  /** s = d - E z - F_2. */
  Matrix slack(Matrix x, Matrix f) {
    int n = c.rows();
    Matrix z = x.rows(0, n);
    return d.minus(push(z)).minus(f.rows(n, f.rows()));
  }

  /** y = v + s. */
  Matrix dual(Matrix x, Matrix f) {
    return x.rows(c.rows(), x.rows()).plus(slack(x, f));
  }

  /** E'y. */
  Matrix pull(Matrix y) {
    return e.transpose().times(y);
  }

  /** E z. */
  Matrix push(Matrix z) {
    return e.times(z);
  }
}
