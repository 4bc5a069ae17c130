package org.tacit.primitive;

/** 1 / x. Derivative -y^2. */
record Reciprocal() implements Pointwise {
  @Override
  public String name() {
    return "reciprocal";
  }

  @Override
  public double at(double x) {
    return 1 / x;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().negate();
  }
}
