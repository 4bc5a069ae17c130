package org.tacit.matrix;

/**
 * Functions of two numbers, element by element on rows of numbers: a b, and 1 where a = b (or where
 * not), 0 elsewhere. Every set gives the same bits.
 *
 * <p>Of {@code rows} x {@code cols} elements, which are one apart in rows of b and of {@code out},
 * and in those of a, unless it has one number a row: its {@code col} is 0 then. Where {@code row}
 * is 0, one row stands for all. The output must not overlap the inputs.
 */
interface Pairs {
  /** The fastest set that runs here. */
  Pairs BEST =
      Kernels.inLanes("org.tacit.matrix.VectorPairs", Pairs.class).orElseGet(PlainPairs::new);

  /** Plain Java, which small jobs are done by. */
  Pairs PLAIN = new PlainPairs();

  /** The set for so many pairs of numbers. */
  static Pairs of(long count) {
    return WarmUp.isOver(count) ? BEST : PLAIN;
  }

  void times(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols);

  void equal(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols);

  void unequal(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols);

  /**
   * Weights b_j a_i m_ij ({@link MaskedWeights}).
   *
   * @param column b
   * @param row a
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Weights(
      double[] column, double[] columnKey, double[] row, double[] rowKey, boolean isEqual) {
    /** What m is where keys are equal. */
    double where() {
      return isEqual ? 1 : 0;
    }
  }

  /** Writes ((x b) a) m. */
  void weigh(Kernels.Strided x, Weights weights, Kernels.Strided out, int rows, int cols);
}
