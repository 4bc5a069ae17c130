package org.tacit.primitive;

/** tanh(x). Derivative 1 - y^2. */
record Tanh() implements Pointwise {
  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public double at(double x) {
    return Math.tanh(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().negate().plus(1);
  }
}
