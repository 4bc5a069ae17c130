package org.tacit.primitive;

/** |x|. Derivative sign(x), which is 0 at 0. */
record Abs() implements KinkedPointwise {
  @Override
  public double at(double x) {
    return Math.abs(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sign();
  }

  @Override
  public String kink() {
    return "the argument of abs is 0";
  }
}
