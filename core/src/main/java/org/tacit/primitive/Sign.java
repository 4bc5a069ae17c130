package org.tacit.primitive;

/** -1, 0 or 1. Derivative 0, at the jump too. */
record Sign() implements KinkedPointwise {
  @Override
  public String name() {
    return "sign";
  }

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

  @Override
  public double past(double x) {
    return x;
  }

  @Override
  public double size(double x) {
    return Math.abs(x);
  }
}
