package org.tacit.primitive;

/**
 * tanh(x). Derivative 1 - y^2, written as 4 sigmoid(2 x) sigmoid(-2 x) to be exact in both tails.
 */
record Tanh() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.tanh(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.times(2).sigmoid().times(x.times(-2).sigmoid()).times(4);
  }
}
