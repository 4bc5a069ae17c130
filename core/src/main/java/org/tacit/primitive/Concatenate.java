package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The inputs one after another along rows or columns. Linear in all together; its transpose slices.
 */
record Concatenate(Side side) implements Linear, Kernel {
  @Override
  public String name() {
    return "concatenate(" + side + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape.require(!inputs.isEmpty(), "Invalid parts: none (must be one or more)");
    Shape.require(
        inputs.stream().noneMatch(x -> side.of(x).isRows())
            && inputs.stream().map(x -> side.resized(x, 0)).distinct().count() == 1,
        "Invalid shapes: %s (must have equal other axes, and a fixed axis to be joined along)",
        inputs);
    return side.resized(inputs.get(0), inputs.stream().mapToInt(x -> side.of(x).size()).sum());
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    int start = 0;
    for (int k = 0; k < i; k++) {
      start += side.of(inputs.get(k).shape()).size();
    }
    return cotangent.slice(side, start, start + side.of(inputs.get(i).shape()).size());
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    return inputs.size() == 1 ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    int down = 0;
    int right = 0;
    for (Operand input : inputs) {
      Dense x = (Dense) input;
      if (side == Side.ROWS && x.isContiguous() && output.isContiguous()) {
        int count = x.rows() * x.cols();
        System.arraycopy(x.data(), x.at(0), output.data(), output.at(down), count);
      } else if (x.cols() == 1) {
        for (int i = 0; i < x.rows(); i++) {
          output.data()[output.at(down + i) + right] = x.data()[x.at(i)];
        }
      } else {
        for (int i = 0; i < x.rows(); i++) {
          System.arraycopy(x.data(), x.at(i), output.data(), output.at(down + i) + right, x.cols());
        }
      }
      down += side == Side.ROWS ? x.rows() : 0;
      right += side == Side.COLS ? x.cols() : 0;
    }
  }
}
