package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Shape;

/** a b element by element. Bilinear. */
record Times() implements PointwisePair, Bilinear {
  @Override
  public String name() {
    return "times";
  }

  @Override
  public double at(double a, double b) {
    return a * b;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.times(inputs.get(1 - i)).sumTo(inputs.get(i).shape());
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Shape full = shape(inputs.stream().map(Var::shape).toList());
    for (int i = 0; i < 2; i++) {
      Var factor = inputs.get(i);
      Var other = inputs.get(1 - i);
      if (factor.isFilledWith(1)) {
        return Optional.of(other.broadcastTo(full));
      }
      if (factor.isFilledWith(-1)) {
        return Optional.of(other.negate().broadcastTo(full));
      }
    }
    return Broadcasting.unstretched(this, inputs);
  }

  /** As in {@link PointwisePair}, with the frequent case of equal widths kept free of calls. */
  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    if (a.rows() != output.rows() || b.rows() != output.rows() || a.cols() != b.cols()) {
      PointwisePair.super.evaluate(inputs, output);
      return;
    }
    double[] out = output.data();
    if (a.isContiguous() && b.isContiguous() && output.isContiguous()) {
      multiply(a, b, out, output.offset(), output.rows() * output.cols());
      return;
    }
    for (int i = 0; i < output.rows(); i++) {
      int fromA = a.at(i);
      int fromB = b.at(i);
      int to = output.at(i);
      for (int j = 0; j < output.cols(); j++) {
        out[to + j] = a.data()[fromA + j] * b.data()[fromB + j];
      }
    }
  }

  private static void multiply(Dense a, Dense b, double[] out, int at, int count) {
    double[] left = a.data();
    double[] right = b.data();
    int fromA = a.offset();
    int fromB = b.offset();
    for (int k = 0; k < count; k++) {
      out[at + k] = left[fromA + k] * right[fromB + k];
    }
  }
}
