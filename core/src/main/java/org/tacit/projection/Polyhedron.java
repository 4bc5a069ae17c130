package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * {A y = b, G y &lt;= h} for an n x 1 point and small replicated A, G: with C, d the independent
 * rows that hold at the solution, p = x - C' (C C')^-1 (C x - d). Derivative I - C' (C C')^-1 C,
 * and in A, b, G, h through the same formula; at a kink of the rows the method ends with. An empty
 * polyhedron is an error. Cost: a factorisation of the active rows for each row tried.
 *
 * @param equalities A y = b
 * @param bounded G, 1 row or more
 * @param bound h
 */
public record Polyhedron(AffineSet equalities, Var bounded, Var bound) implements Projection {
  @Override
  public Var of(Var point) {
    Var a = equalities.matrix();
    Var b = equalities.rightSide();
    Var matrix = Var.concatenate(Side.ROWS, a, bounded);
    Var right = Var.concatenate(Side.ROWS, b, bound);
    int count = a.shape().rows().size();
    Var unit = matrix.abs().maxCols().binaryScale();
    Var independent = Var.apply(new IndependentRows(), List.of(a, b));
    Var kept = independent.pad(Side.ROWS, 0, bound.shape().rows().size());
    Var held =
        Var.apply(
            new ActiveConstraints(count),
            List.of(point, matrix.divide(unit), right.divide(unit), kept));
    return new AffineSet(matrix, right).onRows(point, held);
  }
}
