package org.tacit.breeze;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.tacit.matrix.Matrix;

/**
 * Factors of S = R A C: A^-1 = C S^-1 R. The scales are powers of two, so nothing is rounded. What
 * is factorised how is said by {@link Factorisation}.
 */
final class Equilibrated implements Factorisation {
  /** Each halves the logarithm of what a row is off by. */
  private static final int ROUNDS = 8;

  private final double[] rowScales;
  private final double[] colScales;
  private final Factorisation scaled;

  private Equilibrated(double[] rowScales, double[] colScales, Factorisation scaled) {
    this.rowScales = rowScales;
    this.colScales = colScales;
    this.scaled = scaled;
  }

  static Optional<Factorisation> cholesky(Matrix a) {
    ColumnMajor.requireSquare(a);
    double[] scales = new double[a.rows()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = inverse(Math.sqrt(a.at(i, i)));
    }
    return LapackFactors.cholesky(scaled(scales, a, scales))
        .map(cholesky -> new Equilibrated(scales, scales, cholesky));
  }

  static Factorisation general(Matrix a, Function<Matrix, Factorisation> method) {
    double[] ones = new double[a.rows()];
    Arrays.fill(ones, 1);
    double[] rowScales = scalesOfColumns(a.transpose());
    double[] colScales = scalesOfColumns(scaled(rowScales, a, ones));
    Factorisation factorisation = method.apply(scaled(rowScales, a, colScales));
    return new Equilibrated(rowScales, colScales, factorisation);
  }

  static Factorisation symmetric(Matrix a) {
    double[] scales = new double[a.rows()];
    Arrays.fill(scales, 1);
    for (int round = 0; round < ROUNDS; round++) {
      Matrix now = scaled(scales, a, scales);
      for (int j = 0; j < scales.length; j++) {
        scales[j] *= inverse(Math.sqrt(now.columnAt(j).maxAbs()));
      }
    }
    return new Equilibrated(scales, scales, LapackFactors.symmetric(scaled(scales, a, scales)));
  }

  private static double[] scalesOfColumns(Matrix a) {
    double[] scales = new double[a.cols()];
    for (int j = 0; j < scales.length; j++) {
      scales[j] = inverse(a.columnAt(j).maxAbs());
    }
    return scales;
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

  private static Matrix rowsScaled(double[] scales, Matrix b) {
    ColumnMajor.requireHeight(b, scales.length);
    double[] ones = new double[b.cols()];
    Arrays.fill(ones, 1);
    return scaled(scales, b, ones);
  }

  private static Matrix scaled(double[] rowScales, Matrix a, double[] colScales) {
    return Matrix.tabulate(a.rows(), a.cols(), (i, j) -> a.at(i, j) * rowScales[i] * colScales[j]);
  }
}
