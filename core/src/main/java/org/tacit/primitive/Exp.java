package org.tacit.primitive;

/** exp(x). Derivative y. */
record Exp() implements Pointwise {
  @Override
  public String name() {
    return "exp";
  }

  @Override
  public double at(double x) {
    return Math.exp(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y;
  }
}
