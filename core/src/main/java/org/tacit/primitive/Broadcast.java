package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The input with its axes of length 1 stretched to {@code target}. Linear; its transpose sums over
 * what was stretched.
 */
record Broadcast(Shape target) implements Linear, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape.require(
        x.broadcast(target).equals(target), "Invalid shape: %s (must stretch to %s)", x, target);
    return target;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.sumTo(inputs.get(0).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return Elementwise.stretched(term, inputs.get(0).shape(), output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    return x.shape().equals(target)
        ? Optional.of(x)
        : Elementwise.source(x).map(source -> source.broadcastTo(target));
  }

  /** A stretched zero is what a symbolic zero is. */
  @Override
  public Optional<Var> simplifyZero(List<Var> inputs) {
    return Optional.empty();
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return inputs.get(0).width() == target.width();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    int step = x.cols() == 1 ? 0 : 1;
    for (int i = 0; i < output.rows(); i++) {
      int from = x.at(x.rows() == 1 ? 0 : i);
      int to = output.at(i);
      for (int j = 0; j < output.cols(); j++) {
        output.data()[to + j] = x.data()[from + j * step];
      }
    }
  }
}
