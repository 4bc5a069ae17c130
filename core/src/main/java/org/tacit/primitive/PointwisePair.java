package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/** A function of two numbers, applied element by element. */
interface PointwisePair extends Elementwise {
  double at(double a, double b);

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    boolean isOneRun = output.isContiguous() && isOneRun(a, output) && isOneRun(b, output);
    int rows = isOneRun ? 1 : output.rows();
    int count = isOneRun ? output.rows() * output.cols() : output.cols();
    int stepA = step(a, isOneRun);
    int stepB = step(b, isOneRun);
    for (int i = 0; i < rows; i++) {
      int fromA = a.at(a.rows() == 1 ? 0 : i);
      int fromB = b.at(b.rows() == 1 ? 0 : i);
      run(a.data(), fromA, stepA, b.data(), fromB, stepB, output.data(), output.at(i), count);
    }
  }

  /** Whether x is one run of as many numbers as the output, or one number. */
  private static boolean isOneRun(Dense x, Dense output) {
    boolean isAlike = x.rows() == output.rows() && x.cols() == output.cols();
    return x.isContiguous() && (isAlike || x.rows() * x.cols() == 1);
  }

  private static int step(Dense x, boolean isOneRun) {
    return (isOneRun ? x.rows() * x.cols() : x.cols()) == 1 ? 0 : 1;
  }

  /**
   * Writes {@code out[to + j] = at(a[atA + j * stepA], b[atB + j * stepB])}, steps being 0 or 1.
   * The frequent functions have loops of their own, without a call for each number.
   */
  default void run(
      double[] a, int atA, int stepA, double[] b, int atB, int stepB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = at(a[atA + j * stepA], b[atB + j * stepB]);
    }
  }
}
