package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * {Y >= 0, Y 1 = row, Y' 1 = col}, the plans that transport one margin to the other, nearest to a
 * small m x n matrix X: P = s (X - u 1' - 1 v') on the support s, where u, v solve [[D(s 1), s],
 * [s', D(s' 1)]] (u, v) = (margins of s X) - (margins). Derivatives follow at fixed support.
 *
 * <p>The margins must have the same sum, so that only their changes of equal sum mean something; in
 * each connected part of the support the last column's equality is taken as redundant, and gets
 * derivative 0. Cost: a few factorisations of order m + n.
 */
public record Transport(Var row, Var col) implements Projection {
  /** The Birkhoff polytope: doubly stochastic matrices of this order. */
  public static Transport birkhoff(int order) {
    Var ones = Var.constant(Matrix.filled(order, 1, 1));
    return new Transport(ones, ones);
  }

  @Override
  public Var of(Var point) {
    Var centred = Var.apply(new CentredPlan(), List.of(point, row, col));
    Var support = Var.apply(new TransportSupport(), List.of(centred, point));
    Var positive = support.times(centred);
    Var excess =
        Var.concatenate(
            Side.ROWS, positive.sumCols().minus(row), positive.sumRows().transpose().minus(col));
    Var potentials = solve(support, excess);
    int m = point.shape().rows().size();
    Var u = potentials.slice(Side.ROWS, 0, m);
    Var v = potentials.slice(Side.ROWS, m, m + point.shape().width());
    return positive.minus(support.times(u.plus(v.transpose())));
  }

  /** The potentials whose margins on {@code weights} are {@code margins}, redundant ones zero. */
  static Var solve(Var weights, Var margins) {
    Var kept = Var.apply(new IndependentMargins(), List.of(weights));
    int m = weights.shape().rows().size();
    int n = weights.shape().width();
    Var above = Var.concatenate(Side.COLS, diagonal(weights.sumCols(), m), weights);
    Var below =
        Var.concatenate(Side.COLS, weights.transpose(), diagonal(weights.sumRows().transpose(), n));
    Var all = Var.concatenate(Side.ROWS, above, below);
    Var dropped = diagonal(kept.negate().plus(1), m + n);
    Var regular = all.times(kept).times(kept.transpose()).plus(dropped);
    return regular.solvePositiveDefinite(margins.times(kept));
  }

  private static Var diagonal(Var elements, int order) {
    return Var.constant(Matrix.identity(order)).times(elements);
  }
}
