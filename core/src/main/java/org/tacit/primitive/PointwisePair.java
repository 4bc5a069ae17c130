package org.tacit.primitive;

import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.PairFunction;

/** A function of two numbers, applied element by element. */
interface PointwisePair extends Elementwise {
  /** Numbers at a time, which stay in the first-level cache. */
  int RUN = 512;

  /** Columns from which on a row is a run of its own, and what is beside it is not copied. */
  int WIDE = 32;

  double at(double a, double b);

  /** The same where rows are long enough for lanes, if it is made for them. */
  default Optional<PairFunction> lanes() {
    return Optional.empty();
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    boolean isWide = output.cols() >= WIDE;
    Optional<PairFunction> inLanes = lanes().filter(function -> function.isFor(a, b, output));
    if (inLanes.isPresent()) {
      inLanes.get().run(a, b, output);
    } else if (isNumber(a) && isOneRun(b, output)) {
      run(number(a, 0), b.data(), b.at(0), output.data(), output.at(0), size(output));
    } else if (isNumber(b) && isOneRun(a, output)) {
      run(a.data(), a.at(0), number(b, 0), output.data(), output.at(0), size(output));
    } else if (isWide && a.cols() == 1 && b.cols() == output.cols()) {
      for (int i = 0; i < output.rows(); i++) {
        run(number(a, i), b.data(), row(b, i), output.data(), output.at(i), output.cols());
      }
    } else if (isWide && b.cols() == 1 && a.cols() == output.cols()) {
      for (int i = 0; i < output.rows(); i++) {
        run(a.data(), row(a, i), number(b, i), output.data(), output.at(i), output.cols());
      }
    } else if (output.cols() > 1 && isColumn(a, output) && isWhole(b, output)) {
      runBeside(a, b, output);
    } else if (output.cols() > 1 && isWhole(a, output) && isColumn(b, output)) {
      runBefore(a, b, output);
    } else {
      runStretched(a, b, output);
    }
  }

  private void runStretched(Dense a, Dense b, Dense output) {
    boolean isOneRun = isOneRun(a, output) && isOneRun(b, output);
    boolean isByRow = output.cols() >= WIDE && !isOneRun;
    int rows = output.rows();
    int longest = isOneRun ? rows : isByRow ? 1 : Math.max(1, RUN / Math.max(1, output.cols()));
    int height = output.isContiguous() ? Math.min(rows, longest) : 1;
    Stretched left = new Stretched(a, output, height);
    Stretched right = new Stretched(b, output, height);
    for (int i = 0; i < rows; i += height) {
      int count = Math.min(height, rows - i);
      left.place(i, count);
      right.place(i, count);
      int n = count * output.cols();
      run(left.data(), left.at(), right.data(), right.at(), output.data(), output.at(i), n);
    }
  }

  /** Whether x is one number for all of the output. */
  private static boolean isNumber(Dense x) {
    return x.rows() == 1 && x.cols() == 1;
  }

  /** Whether x is one number for each row of the output. */
  private static boolean isColumn(Dense x, Dense output) {
    return x.cols() == 1 && x.rows() == output.rows();
  }

  private static boolean isWhole(Dense x, Dense output) {
    return x.cols() == output.cols() && x.rows() == output.rows();
  }

  /** Whether x is whole, and both are one run of numbers. */
  private static boolean isOneRun(Dense x, Dense output) {
    return isWhole(x, output) && x.isContiguous() && output.isContiguous();
  }

  private static int size(Dense x) {
    return x.rows() * x.cols();
  }

  /** Where the row is that an operand has for row i of the output. */
  private static int row(Dense x, int i) {
    return x.at(x.rows() == 1 ? 0 : i);
  }

  private static double number(Dense x, int i) {
    return x.data()[row(x, i)];
  }

  /**
   * Writes {@code out[i, j] = at(a[i], b[i, j])} for rows too short to be runs. A function that
   * does so often has a loop of its own, which copies nothing.
   */
  default void runBeside(Dense a, Dense b, Dense out) {
    runStretched(a, b, out);
  }

  /** Writes {@code out[i, j] = at(a[i, j], b[i])} for rows too short to be runs. */
  default void runBefore(Dense a, Dense b, Dense out) {
    runStretched(a, b, out);
  }

  /**
   * Writes {@code out[to + j] = at(a[atA + j], b[atB + j])}. The frequent functions have loops of
   * their own, without a call for each number.
   */
  default void run(double[] a, int atA, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = at(a[atA + j], b[atB + j]);
    }
  }

  /** Writes {@code out[to + j] = at(a, b[atB + j])}. */
  default void run(double a, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = at(a, b[atB + j]);
    }
  }

  /** Writes {@code out[to + j] = at(a[atA + j], b)}. */
  default void run(double[] a, int atA, double b, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = at(a[atA + j], b);
    }
  }
}
