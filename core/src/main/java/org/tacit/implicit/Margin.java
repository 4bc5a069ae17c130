package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.Side;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Shape;

/**
 * Where the inputs of a {@link Kinked} primitive stand between its kinks: for a value of w columns
 * w distances, w sizes and w pieces. Inputs: those of the primitive, and its value.
 */
record Margin(Kinked of) implements Steady, Kernel {
  /** The margins of a node whose primitive is kinked. */
  static Var of(Node node) {
    List<Var> inputs = new ArrayList<>(Var.inputs(node));
    inputs.add(Var.of(node));
    return Var.apply(new Margin((Kinked) node.operation()), inputs);
  }

  /** The distances among {@code margins}, of the value's shape. */
  static Var distances(Var margins) {
    return part(margins, 0);
  }

  /** The sizes of what is compared. */
  static Var sizes(Var margins) {
    return part(margins, 1);
  }

  /** The pieces. */
  static Var pieces(Var margins) {
    return part(margins, 2);
  }

  private static Var part(Var margins, int part) {
    int width = margins.shape().width() / 3;
    return margins.slice(Side.COLS, part * width, (part + 1) * width);
  }

  @Override
  public String name() {
    return "margin of " + of.name();
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape value = inputs.get(inputs.size() - 1);
    return new Shape(value.rows(), Axis.of(3 * value.width()));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Operand[] own = java.util.Arrays.copyOf(inputs, inputs.length - 1);
    of.margins(own, (Dense) inputs[own.length], new Margins(output));
  }
}
