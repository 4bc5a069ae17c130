package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The transpose. Linear. Of a sharded value it may only stand inside a matrix product, which takes
 * it up as a flag.
 */
record Transpose() implements Linear, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0).transpose();
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.transpose();
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    if (x.node().operation() instanceof Transpose) {
      return Optional.of(Var.of(x.node().inputs().get(0)));
    }
    return x.shape().isScalar() ? Optional.of(x) : Optional.empty();
  }

  /** A sharded zero keeps its transpose, as every sharded value does, for a product to take up. */
  @Override
  public Optional<Var> simplifyZero(List<Var> inputs) {
    return inputs.get(0).shape().isSharded() ? Optional.empty() : Linear.super.simplifyZero(inputs);
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      for (int j = 0; j < output.cols(); j++) {
        output.data()[output.at(i) + j] = x.data()[x.at(j) + i];
      }
    }
  }
}
