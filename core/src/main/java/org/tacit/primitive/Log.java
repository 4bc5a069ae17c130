package org.tacit.primitive;

import java.util.OptionalDouble;

/** log(x). Derivative 1 / x. */
record Log() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.log(x);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(1);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.reciprocal();
  }
}
