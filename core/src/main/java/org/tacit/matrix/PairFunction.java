package org.tacit.matrix;

/**
 * A function of two numbers that does not ask which is first, on rows of numbers; in lanes where a
 * machine has them.
 */
public enum PairFunction {
  /** a b. */
  TIMES {
    @Override
    void run(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
      Pairs.of((long) rows * cols).times(a, b, out, rows, cols);
    }
  },

  /** 1 where a = b, 0 where not, as of NaN. */
  EQUAL {
    @Override
    void run(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
      Pairs.of((long) rows * cols).equal(a, b, out, rows, cols);
    }
  },

  /** 0 where a = b, 1 where not. */
  UNEQUAL {
    @Override
    void run(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
      Pairs.of((long) rows * cols).unequal(a, b, out, rows, cols);
    }
  };

  /** Columns from which on a row is worth a loop of its own. */
  private static final int WIDE = 8;

  /**
   * Whether {@link #run} is for operands that stretch to such an output: of products of few
   * columns, which are one run often, the compiler's own loops are as fast.
   */
  public boolean isFor(Dense a, Dense b, Dense out) {
    boolean isWide = a.cols() == out.cols() || b.cols() == out.cols();
    return (out.cols() >= WIDE && isWide) || (this != TIMES && isOneRun(a, b, out));
  }

  /** Writes the values of a and b, stretched to the output, which must overlap neither. */
  public void run(Dense a, Dense b, Dense out) {
    if (b.cols() < out.cols() || (isNumber(b) && !isNumber(a))) {
      run(b, a, out);
    } else if (isOneRun(a, b, out)) {
      int count = out.rows() * out.cols();
      run(strided(a, out), strided(b, out), strided(out, out), 1, count);
    } else {
      run(strided(a, out), strided(b, out), strided(out, out), out.rows(), out.cols());
    }
  }

  abstract void run(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols);

  private static boolean isOneRun(Dense a, Dense b, Dense out) {
    return out.isContiguous()
        && ((isRun(a, out) && (isRun(b, out) || isNumber(b))) || (isNumber(a) && isRun(b, out)));
  }

  private static boolean isRun(Dense x, Dense out) {
    return x.rows() == out.rows() && x.cols() == out.cols() && x.isContiguous();
  }

  private static boolean isNumber(Dense x) {
    return x.rows() == 1 && x.cols() == 1;
  }

  private static Kernels.Strided strided(Dense x, Dense out) {
    int row = x.rows() == 1 && out.rows() > 1 ? 0 : x.stride();
    int col = x.cols() == out.cols() && !isNumber(x) ? 1 : 0;
    return new Kernels.Strided(x.data(), x.offset(), row, col);
  }
}
