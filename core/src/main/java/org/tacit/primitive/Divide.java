package org.tacit.primitive;

import java.util.List;

/** a / b element by element. Derivative da / b - y db / b. */
record Divide() implements PointwisePair {
  @Override
  public String name() {
    return "divide";
  }

  @Override
  public double at(double a, double b) {
    return a / b;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var scale = inputs.get(1).reciprocal();
    return scale
        .times(tangents.get(0))
        .minus(output.times(scale).times(tangents.get(1)))
        .broadcastTo(output.shape());
  }
}
