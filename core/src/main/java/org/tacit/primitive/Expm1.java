package org.tacit.primitive;

import java.util.OptionalDouble;

/** exp(x) - 1, exact near 0. Derivative exp(x), which y + 1 is not in the lower tail. */
record Expm1() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.expm1(x);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(0);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.exp();
  }
}
