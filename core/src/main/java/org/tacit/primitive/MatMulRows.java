package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Products;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * op(A_i) op(B_i) for every row i, op being the transpose where flagged: row i of the inputs and of
 * the output holds the rows of a small matrix one after another. Bilinear; its transposes are of
 * its kind.
 *
 * @param left the shape of op(A_i): m x k
 * @param width the columns of op(B_i), which is k x width
 */
record MatMulRows(Shape left, int width, boolean transposeLeft, boolean transposeRight)
    implements Bilinear, Kernel {

  /** The product of rows of {@code inner} columns with rows of as many rows. */
  static MatMulRows of(Shape a, Shape b, int inner) {
    Shape.require(
        inner > 0
            && a.rows().equals(b.rows())
            && !a.cols().isRows()
            && a.width() % inner == 0
            && b.width() % inner == 0,
        "Invalid shapes: %s times %s row by row (must have the same rows, widths multiples of the"
            + " inner %s)",
        a,
        b,
        inner);
    return new MatMulRows(Shape.of(a.width() / inner, inner), b.width() / inner, false, false);
  }

  @Override
  public String name() {
    return "matmulRows" + (transposeLeft ? "'" : "") + (transposeRight ? "_'" : "");
  }

  private int m() {
    return left.rows().size();
  }

  private int k() {
    return left.width();
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).rows(), Axis.of(m() * width));
  }

  /** With C = op(A) op(B): op(A)_bar = C_bar op(B)' and op(B)_bar = op(A)' C_bar. */
  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    if (i == 0) {
      return transposeLeft
          ? product(Shape.of(k(), width), m(), b, transposeRight, cotangent, true)
          : product(Shape.of(m(), width), k(), cotangent, false, b, !transposeRight);
    }
    return transposeRight
        ? product(Shape.of(width, m()), k(), cotangent, true, a, transposeLeft)
        : product(Shape.of(k(), m()), width, a, !transposeLeft, cotangent, false);
  }

  private static Var product(
      Shape left, int width, Var a, boolean transposeA, Var b, boolean transposeB) {
    return Var.apply(new MatMulRows(left, width, transposeA, transposeB), List.of(a, b));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    for (int i = 0; i < output.rows(); i++) {
      Products.multiply(
          transposeLeft ? window(a, i, k(), m()) : window(a, i, m(), k()),
          transposeLeft,
          transposeRight ? window(b, i, width, k()) : window(b, i, k(), width),
          transposeRight,
          window(output, i, m(), width));
    }
  }

  private static Dense window(Dense all, int i, int rows, int cols) {
    return new Dense(all.data(), all.at(i), cols, rows, cols);
  }
}
