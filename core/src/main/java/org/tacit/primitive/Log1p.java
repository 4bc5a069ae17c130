package org.tacit.primitive;

/** log(1 + x), exact near 0. Derivative 1 / (1 + x). */
record Log1p() implements Pointwise {
  @Override
  public String name() {
    return "log1p";
  }

  @Override
  public double at(double x) {
    return Math.log1p(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.plus(1).reciprocal();
  }
}
