package org.tacit.matrix;

/**
 * A function of one number, on runs of numbers: within 2 ulp, with bits that depend neither on the
 * machine nor on whether numbers come alone or in runs.
 */
public enum ElementaryFunction {
  /** exp(x). */
  EXP {
    @Override
    public double at(double x) {
      return PlainElementary.exp(x);
    }

    @Override
    public void run(double[] x, int from, double[] out, int to, int count) {
      Elementary.of(count).exp(x, from, out, to, count);
    }
  },

  /** log(1 + x), exact near 0. */
  LOG1P {
    @Override
    public double at(double x) {
      return PlainElementary.log1p(x);
    }

    @Override
    public void run(double[] x, int from, double[] out, int to, int count) {
      Elementary.of(count).log1p(x, from, out, to, count);
    }
  },

  /** 1 / (1 + exp(-x)), exact in both tails. */
  SIGMOID {
    @Override
    public double at(double x) {
      return PlainElementary.sigmoid(x);
    }

    @Override
    public void run(double[] x, int from, double[] out, int to, int count) {
      Elementary.of(count).sigmoid(x, from, out, to, count);
    }
  },

  /** log(1 + exp(x)), exact in both tails. */
  SOFTPLUS {
    @Override
    public double at(double x) {
      return PlainElementary.softplus(x);
    }

    @Override
    public void run(double[] x, int from, double[] out, int to, int count) {
      Elementary.of(count).softplus(x, from, out, to, count);
    }
  };

  /** The value at {@code x}. */
  public abstract double at(double x);

  /**
   * Writes the values at the {@code count} numbers of {@code x} from {@code from} on to {@code
   * out}, from {@code to} on. The runs may be one; they must not overlap otherwise.
   */
  public abstract void run(double[] x, int from, double[] out, int to, int count);
}
