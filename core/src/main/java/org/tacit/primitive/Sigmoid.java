package org.tacit.primitive;

import org.tacit.matrix.ElementaryFunction;

/**
 * 1 / (1 + exp(-x)), without overflow. Derivative y (1 - y), written as sigmoid(x) sigmoid(-x) to
 * be exact in both tails.
 */
record Sigmoid() implements Pointwise {
  @Override
  public double at(double x) {
    return ElementaryFunction.SIGMOID.at(x);
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    ElementaryFunction.SIGMOID.run(x, from, out, to, count);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.times(x.negate().sigmoid());
  }
}
