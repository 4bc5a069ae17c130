package org.tacit.primitive;

import java.util.List;
import java.util.OptionalDouble;

/** a / b element by element. Derivative da / b - y db / b. */
record Divide() implements PointwisePair {
  @Override
  public double at(double a, double b) {
    return a / b;
  }

  @Override
  public OptionalDouble safe(int i) {
    return i == 1 ? OptionalDouble.of(1) : OptionalDouble.empty();
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var scale = inputs.get(1).reciprocal();
    return scale
        .times(tangents.get(0))
        .minus(output.divide(inputs.get(1)).times(tangents.get(1)))
        .broadcastTo(output.shape());
  }
}
