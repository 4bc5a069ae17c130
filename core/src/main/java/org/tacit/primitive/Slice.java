package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Shape;

/**
 * Rows or columns {@code from} (inclusive) to {@code to} (exclusive). Linear; its transpose pads
 * with zeros.
 */
record Slice(Side side, int from, int to) implements Linear, Kernel {
  @Override
  public String name() {
    return "slice(" + side + " " + from + ":" + to + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Axis axis = side.of(x);
    Shape.require(
        !axis.isRows() && from >= 0 && to >= from && to <= axis.size(),
        "Invalid slice: %s:%s of %s (must lie inside a fixed axis)",
        from,
        to,
        axis);
    return side.resized(x, to - from);
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.pad(side, from, side.of(inputs.get(0).shape()).size() - to);
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return side == Side.ROWS ? term.moved(this, from * output.width(), output) : Optional.empty();
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    return shape(List.of(x.shape())).equals(x.shape())
        ? Optional.of(x)
        : ofPart(x).or(() -> ofStretched(x));
  }

  /** Of the part of a {@link Concatenate} that it lies in. */
  private Optional<Var> ofPart(Var x) {
    if (!x.node().operation().equals(new Concatenate(side))) {
      return Optional.empty();
    }
    int start = 0;
    for (Node part : x.node().inputs()) {
      int end = start + side.of(part.shape()).size();
      if (from >= start && to <= end && from < to) {
        return Optional.of(Var.of(part).slice(side, from - start, to - start));
      }
      start = end;
    }
    return Optional.empty();
  }

  /** Of a value stretched along the side, which is that value stretched less far. */
  private Optional<Var> ofStretched(Var x) {
    if (!(x.node().operation() instanceof Broadcast) || from == to) {
      return Optional.empty();
    }
    Var source = Var.of(x.node().inputs().get(0));
    return side.of(source.shape()).isOne()
        ? Optional.of(source.broadcastTo(shape(List.of(x.shape()))))
        : Optional.empty();
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return side == Side.ROWS;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    int down = side == Side.ROWS ? from : 0;
    int right = side == Side.COLS ? from : 0;
    if (x.isContiguous() && output.isContiguous() && x.cols() == output.cols()) {
      int count = output.rows() * output.cols();
      System.arraycopy(x.data(), x.at(down), output.data(), output.at(0), count);
      return;
    }
    if (output.cols() == 1) {
      for (int i = 0; i < output.rows(); i++) {
        output.data()[output.at(i)] = x.data()[x.at(down + i) + right];
      }
      return;
    }
    for (int i = 0; i < output.rows(); i++) {
      System.arraycopy(
          x.data(), x.at(down + i) + right, output.data(), output.at(i), output.cols());
    }
  }
}
