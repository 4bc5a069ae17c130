package org.tacit.primitive;

import org.tacit.matrix.ElementaryFunction;

/** log(1 + exp(x)), without overflow. Derivative sigmoid(x). */
record Softplus() implements Pointwise {
  @Override
  public double at(double x) {
    return ElementaryFunction.SOFTPLUS.at(x);
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    ElementaryFunction.SOFTPLUS.run(x, from, out, to, count);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sigmoid();
  }
}
