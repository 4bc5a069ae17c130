package org.tacit.solver;

import org.tacit.matrix.Matrix;

/**
 * A quadratic program with its rows and columns equilibrated by ten rounds of Ruiz's method: z = D
 * z', y = E y' / s, and the objective times s. Source: Stellato, Banjac, Goulart, Bemporad and
 * Boyd, OSQP, 2020, algorithm 2.
 *
 * @param program the scaled program
 * @param d n x 1
 * @param e m x 1
 * @param s above zero
 */
record ScaledProgram(QuadraticProgram program, Matrix d, Matrix e, double s) {
  private static final int ROUNDS = 10;

  static ScaledProgram of(QuadraticProgram program) {
    Matrix d = Matrix.filled(program.variables(), 1, 1);
    Matrix e = Matrix.filled(program.constraints(), 1, 1);
    double s = 1;
    for (int round = 0; round < ROUNDS; round++) {
      QuadraticProgram now = scaled(program, d, e, s);
      Matrix columns = largestOfColumns(now.q()).with(largestOfColumns(now.a()), Math::max);
      d = d.with(columns, ScaledProgram::divided);
      e = e.with(largestOfColumns(now.a().transpose()), ScaledProgram::divided);
      QuadraticProgram next = scaled(program, d, e, s);
      double mean = 0;
      for (double v : largestOfColumns(next.q()).toArray()) {
        mean += v / program.variables();
      }
      double size = Math.max(mean, next.c().maxAbs());
      s /= size > 0 ? size : 1;
    }
    return new ScaledProgram(scaled(program, d, e, s), d, e, s);
  }

  private static double divided(double scale, double largest) {
    return largest > 0 ? scale / Math.sqrt(Math.min(1e4, Math.max(1e-4, largest))) : scale;
  }

  private static Matrix largestOfColumns(Matrix matrix) {
    return Matrix.column(matrix.cols(), j -> matrix.columnAt(j).maxAbs());
  }

  private static QuadraticProgram scaled(QuadraticProgram of, Matrix d, Matrix e, double s) {
    return new QuadraticProgram(
        times(d, of.q(), d).times(s),
        of.c().with(d, (v, scale) -> s * v * scale),
        times(e, of.a(), d),
        of.low().with(e, (v, scale) -> v * scale),
        of.high().with(e, (v, scale) -> v * scale));
  }

  /** diag(left) matrix diag(right). */
  private static Matrix times(Matrix left, Matrix matrix, Matrix right) {
    return Matrix.tabulate(
        matrix.rows(), matrix.cols(), (i, j) -> matrix.at(i, j) * (left.at(i) * right.at(j)));
  }

  Matrix unscaledVariables(Matrix z) {
    return z.with(d, (v, scale) -> v * scale);
  }

  Matrix unscaledMultipliers(Matrix y) {
    return y.with(e, (v, scale) -> v * scale / s);
  }
}
