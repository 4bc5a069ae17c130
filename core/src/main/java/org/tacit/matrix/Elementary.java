package org.tacit.matrix;

/**
 * Elementary functions of many numbers: exp(x), log(1 + x), 1 / (1 + exp(-x)) and log(1 + exp(x)).
 *
 * <p>Each is within 2 ulp of the exact value, whatever x, with the limits at the infinities, NaN
 * for NaN and, of log(1 + x), below -1. Every set gives the same bits: those of {@link
 * PlainElementary}, whose operations on one number the others make in lanes.
 *
 * <p>Inputs and outputs are runs of {@code count} numbers, from {@code from} and from {@code to}
 * on. They may be one run; they must not overlap otherwise.
 */
interface Elementary {
  /** The fastest set that runs here. */
  Elementary BEST =
      Kernels.inLanes("org.tacit.matrix.VectorElementary", Elementary.class)
          .orElseGet(PlainElementary::new);

  /** Plain Java, which small jobs are done by. */
  Elementary PLAIN = new PlainElementary();

  /** Multiply-adds that a function of one number takes, in round numbers. */
  long EACH = 32;

  /** The set for so many numbers. */
  static Elementary of(int count) {
    return WarmUp.isOver(EACH * count) ? BEST : PLAIN;
  }

  void exp(double[] x, int from, double[] out, int to, int count);

  void log1p(double[] x, int from, double[] out, int to, int count);

  void sigmoid(double[] x, int from, double[] out, int to, int count);

  void softplus(double[] x, int from, double[] out, int to, int count);
}
