package org.tacit.primitive;

import java.util.OptionalDouble;

/** log(1 + x), exact near 0. Derivative 1 / (1 + x). */
record Log1p() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.log1p(x);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(0);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.plus(1).reciprocal();
  }
}
