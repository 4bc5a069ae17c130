package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** The equalities A y = b of {@link Projection#ontoAffineSet}. */
record AffineSet(Var matrix, Var rightSide) {
  Var of(Var point) {
    return onRows(point, Var.apply(new IndependentRows(), List.of(matrix, rightSide)));
  }

  /** The projection of {@code point} on what is left of the set where G y &lt;= h. */
  Var where(Var g, Var h, Var point) {
    Var all = Var.concatenate(Side.ROWS, matrix, g);
    Var right = Var.concatenate(Side.ROWS, rightSide, h);
    Var unit = all.abs().maxCols().binaryScale();
    Var independent = Var.apply(new IndependentRows(), List.of(matrix, rightSide));
    Var kept = independent.pad(Side.ROWS, 0, h.shape().rows().size());
    Var held =
        Var.apply(
            new ActiveConstraints(matrix.shape().rows().size()),
            List.of(point, all.divide(unit), right.divide(unit), kept));
    return new AffineSet(all, right).onRows(point, held);
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
