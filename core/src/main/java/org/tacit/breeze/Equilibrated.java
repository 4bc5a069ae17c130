package org.tacit.breeze;

import java.util.Optional;
import java.util.function.Function;
import org.tacit.matrix.Matrix;

/**
 * Factors of S = R A C: A^-1 = C S^-1 R. The scales are powers of two, so nothing is rounded. What
 * is factorised how is said by {@link Factorisation}.
 */
record Equilibrated(Matrix rowScales, Matrix colScales, Factorisation scaled)
    implements Factorisation {
  /** Each halves the logarithm of what a row is off by. */
  private static final int ROUNDS = 8;

  static Optional<Factorisation> cholesky(Matrix a) {
    ColumnMajor.requireSquare(a);
    Matrix scales = Matrix.column(a.rows(), i -> inverse(Math.sqrt(a.at(i, i))));
    return LapackFactors.cholesky(scaled(scales, a, scales))
        .map(cholesky -> new Equilibrated(scales, scales, cholesky));
  }

  static Factorisation general(Matrix a, Function<Matrix, Factorisation> method) {
    Matrix rowScales = scalesOfColumns(a.transpose());
    Matrix colScales = scalesOfColumns(rowsScaled(rowScales, a));
    Factorisation factorisation = method.apply(scaled(rowScales, a, colScales));
    return new Equilibrated(rowScales, colScales, factorisation);
  }

  static Factorisation symmetric(Matrix a) {
    Matrix scales = Matrix.filled(a.rows(), 1, 1);
    for (int round = 0; round < ROUNDS; round++) {
      Matrix now = scaled(scales, a, scales);
      scales = scales.with(sizesOfColumns(now), (s, size) -> s * inverse(Math.sqrt(size)));
    }
    return new Equilibrated(scales, scales, LapackFactors.symmetric(scaled(scales, a, scales)));
  }

  private static Matrix scalesOfColumns(Matrix a) {
    return sizesOfColumns(a).map(Equilibrated::inverse);
  }

  private static Matrix sizesOfColumns(Matrix a) {
    return Matrix.column(a.cols(), j -> a.columnAt(j).maxAbs());
  }

  /** The power of two next to 1 / size; 1 where there is none. */
  private static double inverse(double size) {
    return size > 0 && Double.isFinite(size) ? Math.scalb(1.0, -Math.getExponent(size)) : 1;
  }

  @Override
  public Matrix solve(Matrix b) {
    return rowsScaled(colScales, scaled.solve(rowsScaled(rowScales, b)));
  }

  @Override
  public Matrix solveTransposed(Matrix b) {
    return rowsScaled(rowScales, scaled.solveTransposed(rowsScaled(colScales, b)));
  }

  @Override
  public double reciprocalCondition() {
    return scaled.reciprocalCondition();
  }

  private static Matrix rowsScaled(Matrix scales, Matrix b) {
    ColumnMajor.requireHeight(b, scales.rows());
    return Matrix.tabulate(b.rows(), b.cols(), (i, j) -> b.at(i, j) * scales.at(i));
  }

  private static Matrix scaled(Matrix rowScales, Matrix a, Matrix colScales) {
    return Matrix.tabulate(
        a.rows(), a.cols(), (i, j) -> a.at(i, j) * rowScales.at(i) * colScales.at(j));
  }
}
