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
 * (A * A)' R, the squares of A's elements transposed times R: sum_i A_ij^2 R_ic. With A and R
 * sharded by the same rows a sum over them, which ends a pass. The diagonal of A' diag(r) A is that
 * of r. Linear in R. A may be sparse or of floats.
 */
record SquaresTimes() implements Transposable, RowReduction {
  @Override
  public String name() {
    return "squares'times";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape r = inputs.get(1);
    Shape.require(
        a.rows().equals(r.rows()),
        "Invalid shapes: squares of %s times %s (must have the same rows)",
        a,
        r);
    return new Shape(a.cols(), r.cols());
  }

  @Override
  public boolean linearIn(int i) {
    return i == 1;
  }

  /** 2 (A * dA)' R + (A * A)' dR. */
  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var a = inputs.get(0);
    Var moved = a.times(tangents.get(0)).times(2);
    return moved
        .transpose()
        .matmul(inputs.get(1))
        .plus(Var.apply(this, List.of(a, tangents.get(1))));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return inputs.get(0).square().matmul(cotangent);
  }

  @Override
  public Optional<Var> simplifyZero(List<Var> inputs) {
    return inputs.stream().anyMatch(Var::isZero) ? Optional.of(zero(inputs)) : Optional.empty();
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 0 && storage != Storage.KEY);
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return !grouped[0];
  }

  /** (X * X)' [R_1 ... R_K] reads X once. */
  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public void accumulate(Operand[] inputs, Dense sum) {
    Products.accumulateSquares(inputs[0], (Dense) inputs[1], sum);
  }
}
