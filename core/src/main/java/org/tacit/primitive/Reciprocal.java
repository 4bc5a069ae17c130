package org.tacit.primitive;

import java.util.OptionalDouble;

/** 1 / x. Derivative -y^2. */
record Reciprocal() implements Pointwise {
  @Override
  public double at(double x) {
    return 1 / x;
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(1);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().negate();
  }
}
