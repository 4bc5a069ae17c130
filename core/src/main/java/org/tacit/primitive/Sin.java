package org.tacit.primitive;

/** sin(x). Derivative cos(x). */
record Sin() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.sin(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.cos();
  }
}
