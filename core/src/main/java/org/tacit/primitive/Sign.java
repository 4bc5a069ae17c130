package org.tacit.primitive;

/** -1, 0 or 1. Derivative 0, at the jump too. */
record Sign() implements KinkedPointwise {
  @Override
  public double at(double x) {
    return Math.signum(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return Var.zero(x.shape());
  }

  @Override
  public String kink() {
    return "the argument of sign is 0";
  }
}
