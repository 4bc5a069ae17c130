package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** The same elements, row after row, in another replicated shape. Linear. */
record Reshape(Shape target) implements Linear, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape.require(
        !x.isSharded() && x.size() == target.size(),
        "Invalid shape: %s as %s (must be replicated, with as many elements)",
        x,
        target);
    return target;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.reshape(inputs.get(0).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return term.reshaped(output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    if (x.shape().equals(target)) {
      return Optional.of(x);
    }
    return x.node().operation() instanceof Reshape
        ? Optional.of(Var.of(x.node().inputs().get(0)).reshape(target))
        : Optional.empty();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    int width = output.cols();
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        int k = i * x.cols() + j;
        output.data()[output.at(k / width) + k % width] = x.data()[x.at(i) + j];
      }
    }
  }
}
