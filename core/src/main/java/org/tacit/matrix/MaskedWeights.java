package org.tacit.matrix;

import java.util.Arrays;
import java.util.Optional;

/**
 * Weights b_j a_i m_ij of rows i and columns j: m is 1 where the key of a row equals that of a
 * column (or where not), 0 elsewhere.
 *
 * @param column b, 1 x cols; 1 where there is none
 * @param row a, rows x 1; 1 where there is none
 * @param columnKey 1 x cols
 * @param rowKey rows x 1
 * @param isEqual whether m is 1 where keys are equal
 */
public record MaskedWeights(
    Optional<Dense> column, Optional<Dense> row, Dense columnKey, Dense rowKey, boolean isEqual) {
  /** Writes ((x b) a) m, in this order. */
  public void times(Dense x, Dense out) {
    int rows = out.rows();
    int cols = out.cols();
    Pairs.Weights weights =
        new Pairs.Weights(
            column.map(MaskedWeights::numbers).orElseGet(() -> ones(cols)),
            numbers(columnKey),
            row.map(MaskedWeights::numbers).orElseGet(() -> ones(rows)),
            numbers(rowKey),
            isEqual);
    Pairs.of((long) rows * cols).weigh(strided(x), weights, strided(out), rows, cols);
  }

  private static Kernels.Strided strided(Dense x) {
    return new Kernels.Strided(x.data(), x.offset(), x.stride(), 1);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] numbers(Dense x) {
    Dense copy = Dense.zeros(x.rows(), x.cols());
    x.copyTo(copy);
    return copy.data();
  }
}
