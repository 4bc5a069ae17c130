package org.tacit.primitive;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The inputs one after another along rows or columns. Linear in all together; its transpose slices.
 */
record Concatenate(Side side) implements Linear, Kernel {
  @Override
  public String name() {
    return "concatenate(" + side.name().toLowerCase(Locale.ROOT) + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Invalid parts: none (must be one or more)");
    }
    int total = 0;
    Axis common = other(inputs.get(0));
    for (Shape x : inputs) {
      if (along(x).isRows() || !other(x).equals(common)) {
        throw new IllegalArgumentException(
            "Invalid shapes: "
                + inputs
                + " (must have equal other axes, and a fixed axis to be joined along)");
      }
      total += along(x).size();
    }
    return side == Side.ROWS
        ? new Shape(Axis.of(total), common)
        : new Shape(common, Axis.of(total));
  }

  private Axis along(Shape x) {
    return side == Side.ROWS ? x.rows() : x.cols();
  }

  private Axis other(Shape x) {
    return side == Side.ROWS ? x.cols() : x.rows();
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    int start = 0;
    for (int k = 0; k < i; k++) {
      start += along(inputs.get(k).shape()).size();
    }
    return cotangent.slice(side, start, start + along(inputs.get(i).shape()).size());
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    return inputs.size() == 1 ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    int down = 0;
    int right = 0;
    for (Operand input : inputs) {
      Dense x = (Dense) input;
      for (int i = 0; i < x.rows(); i++) {
        System.arraycopy(x.data(), x.at(i), output.data(), output.at(down + i) + right, x.cols());
      }
      down += side == Side.ROWS ? x.rows() : 0;
      right += side == Side.COLS ? x.cols() : 0;
    }
  }
}
