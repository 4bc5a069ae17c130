package org.tacit.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * A positive definite M near a Hessian A of fewer margins than unknowns, whose systems follow from
 * those of as many unknowns as there are margins (Woodbury):
 *
 * <pre>
 *   M = D + J' S S' J      M^-1 b = D^-1 (b - J' S y)      (I + S' J D^-1 J' S) y = S' J D^-1 b
 * </pre>
 *
 * <p>D is the diagonal of what A is without rows, and S S' the curvature of losses in their
 * margins, of which J is the derivative. M is A itself but for the few unknowns that are not
 * penalised, or not by their squares alone: there D holds what A has on its diagonal. No passes.
 *
 * <p>Source: Golub and Van Loan, section 2.1.4; of ridge regression: Saunders, Gammerman and Vovk
 * 1998.
 */
public final class Dual {
  /** Unknowns in which M may differ from A. */
  private static final int FEW = 64;

  private static final double ROUNDING = 1e-9;
  private static final long SEED = 20210531;

  private final Matrix d;
  private final MarginMap j;
  private final RowRoots s;
  private final Matrix ofWeights;

  private Dual(Matrix d, MarginMap j, RowRoots s, Matrix ofWeights) {
    this.d = d;
    this.j = j;
    this.s = s;
    this.ofWeights = ofWeights;
  }

  /**
   * That of a Hessian; empty where what it is without rows is no diagonal, or where weights of
   * margins mix unknowns.
   */
  static Optional<Dual> of(LinearOperator a, LinearOperator withoutRows, MarginMap j, RowRoots s) {
    return diagonal(a, withoutRows)
        .flatMap(d -> j.ofWeights(d).map(ofWeights -> new Dual(d, j, s, ofWeights)));
  }

  private static Optional<Matrix> diagonal(LinearOperator a, LinearOperator withoutRows) {
    int n = a.cols();
    Matrix probe = Matrix.column(new Random(SEED).doubles(n, 1, 2).toArray());
    Matrix sums = withoutRows.apply(Matrix.filled(n, 1, 1));
    Matrix mixed = withoutRows.apply(probe);
    double floor = Math.ulp(1.0) * sums.maxAbs();
    int[] others =
        IntStream.range(0, n)
            .filter(i -> !isAlone(sums.at(i), floor, probe.at(i), mixed.at(i)))
            .toArray();
    if (others.length > FEW) {
      return Optional.empty();
    }
    double[] d = sums.toArray();
    for (int i : others) {
      double[] unit = new double[n];
      unit[i] = 1;
      d[i] = a.apply(Matrix.column(unit)).at(i);
    }
    return Arrays.stream(d).allMatch(v -> v > 0 && Double.isFinite(v))
        ? Optional.of(Matrix.column(d))
        : Optional.empty();
  }

  private static boolean isAlone(double sum, double floor, double z, double mixed) {
    return sum > floor && Math.abs(mixed - sum * z) <= ROUNDING * sum * z;
  }

  /** D, n x 1. */
  public Matrix diagonal() {
    return d;
  }

  /** I + S' J D^-1 J' S. */
  public Matrix system() {
    Matrix half = s.transposedTimes(j.gram(d, ofWeights));
    return s.transposedTimes(half.transpose()).plus(Matrix.identity(j.margins()));
  }

  /** The right-hand sides of the system for those of M. */
  public Matrix reduced(Matrix b) {
    return eachColumn(b, column -> s.transposedTimes(j.apply(MarginMap.divided(column, d))));
  }

  /** The solutions with M for its right-hand sides and the solutions of the system. */
  public Matrix expanded(Matrix b, Matrix y) {
    Matrix pulled = eachColumn(y, column -> j.transposed(s.times(column)));
    return eachColumn(b.minus(pulled), column -> MarginMap.divided(column, d));
  }

  static Matrix eachColumn(Matrix b, UnaryOperator<Matrix> f) {
    List<Matrix> columns = new ArrayList<>();
    for (int k = 0; k < b.cols(); k++) {
      columns.add(f.apply(b.columnAt(k)));
    }
    return Matrix.beside(columns);
  }

  /** A lower bound of M's eigenvalues. */
  public double smallestEigenvalue() {
    return Arrays.stream(d.toArray()).min().orElse(Double.POSITIVE_INFINITY);
  }
}
