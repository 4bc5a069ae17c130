package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Var;

/**
 * {y >= 0, sum y = total}: p = s (x - tau) on the support s of the projection, with tau = (s'x -
 * total) / |s|. Derivatives D(s) - s s' / |s| in x and s / |s| in the total; at a kink those of the
 * smallest support. Elements of the point may be -infinity, and are then zero. Cost: a sort of each
 * vector.
 */
public record Simplex(Extent extent, Var total) implements Projection {
  /** The simplex of all elements, whose sum is {@code total}. */
  public static Simplex ofAll(Var total) {
    return new Simplex(Extent.WHOLE, total);
  }

  /** A simplex for each row. */
  public static Simplex ofRows(Var total) {
    return new Simplex(Extent.ROWS, total);
  }

  @Override
  public Var of(Var point) {
    Var sum = AtLeast.require("total of a simplex", total, 0);
    Var rows = fromLargest(extent.toRows(point));
    return extent.fromRows(
        onSupport(rows, Var.apply(new SimplexSupport(), List.of(rows, sum)), sum), point.shape());
  }

  /**
   * The rows less their largest element, which moves no projection on a simplex: far from the
   * origin, what is to be told apart is then small. It is held, so that derivatives are the
   * formula's.
   */
  static Var fromLargest(Var rows) {
    return rows.minus(rows.maxCols().held());
  }

  /** The nearest rows with this support and sum, by the formula above. */
  static Var onSupport(Var rows, Var support, Var sum) {
    Var zero = Var.constant(0);
    Var excess = Var.where(support, rows, zero).sumCols().minus(sum);
    return Var.where(support, rows.minus(excess.divide(support.sumCols())), zero);
  }
}
