package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Products;
import org.tacit.matrix.Storage;
import org.tacit.program.RowReduction;
import org.tacit.program.Shape;

/**
 * op(A) op(B), op being the transpose where flagged. With A sharded, A W is a value for each row;
 * A' R with R sharded by the same rows is a sum over them and ends a pass. Bilinear. A may be
 * sparse or of floats.
 */
record MatMul(boolean transposeLeft, boolean transposeRight) implements Bilinear, RowReduction {
  @Override
  public String name() {
    return "matmul" + (transposeLeft ? "'" : "") + (transposeRight ? "_'" : "");
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape a = transposeLeft ? inputs.get(0).transpose() : inputs.get(0);
    Shape b = transposeRight ? inputs.get(1).transpose() : inputs.get(1);
    Shape.require(
        a.cols().equals(b.rows()), "Invalid shapes: %s times %s (inner axes must be equal)", a, b);
    Shape.require(
        !b.cols().isRows(),
        "Invalid shapes: %s times %s (a row axis must come first; transpose the product)",
        a,
        b);
    return new Shape(a.rows(), b.cols());
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    if (i == 0) {
      return transposeLeft
          ? product(b, transposeRight, cotangent, true)
          : product(cotangent, false, b, !transposeRight);
    }
    return transposeRight
        ? product(cotangent, true, a, transposeLeft)
        : product(a, !transposeLeft, cotangent, false);
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    Var a = inputs.get(0);
    if (i == 0 || transposeRight) {
      return Optional.empty();
    }
    if (transposeLeft) {
      return term.summedOverRows(Optional.of(a), output);
    }
    return a.shape().isSharded() ? term.margins(a) : Optional.empty();
  }

  /** Transposes of the inputs become flags. */
  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    if (a.node().operation() instanceof Transpose) {
      return Optional.of(
          product(Var.of(a.node().inputs().get(0)), !transposeLeft, b, transposeRight));
    }
    if (b.node().operation() instanceof Transpose) {
      return Optional.of(
          product(a, transposeLeft, Var.of(b.node().inputs().get(0)), !transposeRight));
    }
    return Optional.empty();
  }

  static Var product(Var a, boolean transposeA, Var b, boolean transposeB) {
    return Var.apply(new MatMul(transposeA, transposeB), List.of(a, b));
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 0 && storage != Storage.KEY);
  }

  /**
   * X [W_1 ... W_K] and X' [R_1 ... R_K] are one product; instances of A, or of a transposed B, are
   * not.
   */
  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return !grouped[0] && !transposeRight;
  }

  /** op(X) [Y_1 ... Y_K] reads X once. */
  @Override
  public boolean joins() {
    return !transposeRight;
  }

  @Override
  public void accumulate(Operand[] inputs, Dense sum) {
    Products.accumulate(inputs[0], transposeLeft, (Dense) inputs[1], transposeRight, sum);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Products.multiply(inputs[0], transposeLeft, (Dense) inputs[1], transposeRight, output);
  }
}
