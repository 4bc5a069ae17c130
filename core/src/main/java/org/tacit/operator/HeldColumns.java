package org.tacit.operator;

import java.util.Arrays;
import org.tacit.matrix.Matrix;

/**
 * A {@link HeldBlock} by columns, for methods that move one unknown at a time:
 *
 * <pre>
 *   A_SS = diag(r) + Z' diag(c) Z        A d = r d + Z' q,   q = diag(c) Z d
 * </pre>
 *
 * <p>with Z the derivative of margins in the unknowns, rows x S. A step of d_j costs twice the
 * numbers of column j where whoever moves keeps q, "naive updates" of Friedman, Hastie and
 * Tibshirani, Regularization paths for generalized linear models via coordinate descent, 2010,
 * section 2.1.
 */
public final class HeldColumns {
  private final double[] c;
  private final double[] r;
  private final int[][] row;
  private final double[][] value;
  private final double[] diagonal;

  private HeldColumns(Matrix c, Matrix r, int[][] row, double[][] value) {
    this.c = c.toArray();
    this.r = r.toArray();
    this.row = row;
    this.value = value;
    this.diagonal = r.toArray();
    for (int j = 0; j < row.length; j++) {
      for (int e = 0; e < row[j].length; e++) {
        diagonal[j] += this.c[row[j][e]] * value[j][e] * value[j][e];
      }
    }
  }

  /** Of columns one after another. */
  static final class Builder {
    private final Matrix c;
    private final Matrix r;
    private final int[][] row;
    private final double[][] value;
    private int columns;

    /**
     * @param c rows x 1
     * @param r S x 1
     */
    Builder(Matrix c, Matrix r) {
      this.c = c;
      this.r = r;
      this.row = new int[r.rows()][];
      this.value = new double[r.rows()][];
    }

    /** These numbers from one position to another (exclusive), times {@code scale}. */
    void add(int[] rows, double[] numbers, int from, int to, double scale) {
      row[columns] = Arrays.copyOfRange(rows, from, to);
      value[columns] = Arrays.stream(numbers, from, to).map(v -> scale * v).toArray();
      columns++;
    }

    HeldColumns build() {
      return new HeldColumns(c, r, row, value);
    }
  }

  /** q where d is zero. */
  public double[] none() {
    return new double[c.length];
  }

  /** A_jj. */
  public double diagonal(int j) {
    return diagonal[j];
  }

  /** Element j of A d. */
  public double product(int j, double d, double[] q) {
    int[] at = row[j];
    double[] z = value[j];
    double sum = r[j] * d;
    for (int e = 0; e < at.length; e++) {
      sum = Math.fma(z[e], q[at[e]], sum);
    }
    return sum;
  }

  /** Adds to q what d_j has more. */
  public void move(int j, double by, double[] q) {
    int[] at = row[j];
    double[] z = value[j];
    for (int e = 0; e < at.length; e++) {
      int i = at[e];
      q[i] = Math.fma(c[i] * z[e], by, q[i]);
    }
  }
}
