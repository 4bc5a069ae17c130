package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The input with zeros before and after it, along rows or columns. Linear; its transpose slices.
 */
record Pad(Side side, int before, int after) implements Linear, Kernel {
  @Override
  public String name() {
    return "pad(" + side + " " + before + "," + after + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Axis axis = side.of(x);
    Shape.require(
        !axis.isRows() && before >= 0 && after >= 0,
        "Invalid pad: %s, %s around %s (must be >= 0, along a fixed axis)",
        before,
        after,
        axis);
    return side.resized(x, before + axis.size() + after);
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.slice(side, before, before + side.of(inputs.get(0).shape()).size());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return side == Side.ROWS
        ? term.moved(this, -before * output.width(), output)
        : Optional.empty();
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    return before == 0 && after == 0 ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return side == Side.ROWS;
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    output.fill(0);
    int down = side == Side.ROWS ? before : 0;
    int right = side == Side.COLS ? before : 0;
    for (int i = 0; i < x.rows(); i++) {
      System.arraycopy(x.data(), x.at(i), output.data(), output.at(down + i) + right, x.cols());
    }
  }
}
