package org.tacit.primitive;

import java.util.List;

/** The smaller of two elements. Derivative: that of the first where they are equal. */
record Min() implements KinkedPair {
  @Override
  public double at(double a, double b) {
    return Math.min(a, b);
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    return Var.where(a.lessOrEqual(b), tangents.get(0), tangents.get(1))
        .broadcastTo(output.shape());
  }

  @Override
  public String kink() {
    return "the arguments of min are equal";
  }
}
