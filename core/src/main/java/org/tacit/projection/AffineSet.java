package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/**
 * {A y = b} for a small replicated A (m x n), b (m x 1) and points n x k, each column by itself: p
 * = x - A' (A A')^-1 (A x - b). Smooth. Rows that follow from those above are left out, and get
 * derivative zero; rows that contradict them are an error.
 */
public record AffineSet(Var matrix, Var rightSide) implements Projection {
  @Override
  public Var of(Var point) {
    return onRows(point, Var.apply(new IndependentRows(), List.of(matrix, rightSide)));
  }

  /** The projection on the equalities marked 1 in {@code kept} (m x 1), which are independent. */
  Var onRows(Var point, Var kept) {
    Var unit = matrix.abs().maxCols().binaryScale();
    Var a = matrix.times(kept).divide(unit);
    Var b = rightSide.times(kept).divide(unit);
    Var near = NearAffineSet.of(point, a, b);
    Var identity = Var.constant(Matrix.identity(matrix.shape().rows().size()));
    Var gram = a.matmul(a.transpose()).plus(identity.times(kept.negate().plus(1)));
    Var excess = a.matmul(near).minus(b);
    return near.minus(a.transpose().matmul(gram.solvePositiveDefinite(excess)));
  }
}
