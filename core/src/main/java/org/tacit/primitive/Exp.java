package org.tacit.primitive;

import java.util.OptionalDouble;
import org.tacit.matrix.ElementaryFunction;

/** exp(x). Derivative y. */
record Exp() implements Pointwise {
  @Override
  public double at(double x) {
    return ElementaryFunction.EXP.at(x);
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    ElementaryFunction.EXP.run(x, from, out, to, count);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(0);
  }

  @Override
  public Var slope(Var x, Var y) {
    return y;
  }
}
