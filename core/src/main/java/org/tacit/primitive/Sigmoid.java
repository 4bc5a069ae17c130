package org.tacit.primitive;

/**
 * 1 / (1 + exp(-x)), without overflow. Derivative y (1 - y), written as sigmoid(x) sigmoid(-x) to
 * be exact in both tails.
 */
record Sigmoid() implements Pointwise {
  @Override
  public double at(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.times(x.negate().sigmoid());
  }
}
