package org.tacit.projection;

import java.util.List;
import java.util.OptionalDouble;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A parameter that must not be below a bound, passed on as it is. Where an element is below, the
 * set is empty or the problem has no unique answer, and evaluating stops with an {@link
 * IllegalArgumentException}.
 */
record AtLeast(String what) implements Differentiable, Kernel {
  /** The value itself, checked wherever it is evaluated. */
  public static Var require(String what, Var value, Var bound) {
    return Var.apply(new AtLeast(what), List.of(value, bound));
  }

  /** The value itself, checked against a number. */
  public static Var require(String what, Var value, double bound) {
    return require(what, value, Var.constant(bound));
  }

  @Override
  public String name() {
    return "require " + what;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0).broadcast(inputs.get(1));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return tangents.get(0);
  }

  /** In a branch that is not taken nothing is required: far above zero, and above most bounds. */
  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(i == 0 ? 1e100 : 0);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense value = (Dense) inputs[0];
    Dense bound = (Dense) inputs[1];
    for (int i = 0; i < output.rows(); i++) {
      for (int j = 0; j < output.cols(); j++) {
        double x = value.stretched(i, j);
        if (x < bound.stretched(i, j)) {
          throw new IllegalArgumentException(
              "Invalid " + what + ": " + x + " (must be >= " + bound.stretched(i, j) + ")");
        }
        output.data()[output.at(i) + j] = x;
      }
    }
  }
}
