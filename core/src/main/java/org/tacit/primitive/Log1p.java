package org.tacit.primitive;

import java.util.OptionalDouble;
import org.tacit.matrix.ElementaryFunction;

/** log(1 + x), exact near 0. Derivative 1 / (1 + x). */
record Log1p() implements Pointwise {
  @Override
  public double at(double x) {
    return ElementaryFunction.LOG1P.at(x);
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    ElementaryFunction.LOG1P.run(x, from, out, to, count);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(0);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.plus(1).reciprocal();
  }
}
