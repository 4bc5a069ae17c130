package org.tacit.primitive;

/** cos(x). Derivative -sin(x). */
record Cos() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.cos(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sin().negate();
  }
}
