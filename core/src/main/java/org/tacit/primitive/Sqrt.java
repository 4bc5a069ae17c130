package org.tacit.primitive;

import java.util.OptionalDouble;

/** The square root. Derivative 1 / (2 y); infinite at 0. */
record Sqrt() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.sqrt(x);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(1);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.reciprocal().times(0.5);
  }
}
