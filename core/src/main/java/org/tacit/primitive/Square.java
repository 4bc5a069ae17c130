package org.tacit.primitive;

import java.util.OptionalDouble;

/** x^2. Derivative 2 x. */
record Square() implements Pointwise {
  @Override
  public double at(double x) {
    return x * x;
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    for (int j = 0; j < count; j++) {
      out[to + j] = x[from + j] * x[from + j];
    }
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(0);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.times(2);
  }
}
