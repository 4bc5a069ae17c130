package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;

/**
 * The root y >= 0 of y^2 - x y = t, elementwise, for t >= 0: (x + sqrt(x^2 + 4 t)) / 2, without
 * overflow or cancellation. Inputs: x, t. Derivative (y dx + dt) / (2 y - x).
 */
record NegativeLogRoot() implements Differentiable, RowKernel {
  static Var of(Var x, Var t) {
    return Var.apply(new NegativeLogRoot(), List.of(x, t.broadcastTo(x.shape())));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var root = output.times(2).minus(inputs.get(0));
    return output.times(tangents.get(0)).plus(tangents.get(1)).times(root.reciprocal());
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    for (int j = 0; j < output.length; j++) {
      double x = inputs[0][j];
      double t = inputs[1][j];
      double far = 0.5 * Math.abs(x) + Math.hypot(0.5 * x, Math.sqrt(t));
      output[j] = x < 0 ? t / far : far;
    }
  }
}
