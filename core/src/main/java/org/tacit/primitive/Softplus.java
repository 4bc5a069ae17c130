package org.tacit.primitive;

/** log(1 + exp(x)), without overflow. Derivative sigmoid(x). */
record Softplus() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sigmoid();
  }
}
