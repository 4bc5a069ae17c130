package org.tacit.primitive;

/** |x|. Derivative sign(x), which is 0 at 0. */
record Abs() implements Pointwise {
  @Override
  public String name() {
    return "abs";
  }

  @Override
  public double at(double x) {
    return Math.abs(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sign();
  }
}
