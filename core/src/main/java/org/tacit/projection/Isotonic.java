package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {y_1 &lt;= y_2 &lt;= ... &lt;= y_n} (or >=): the means of blocks of neighbours. Derivative: the
 * block averages, (1/|b|) 1 1' on each; at a kink of the finer blocks.
 */
public record Isotonic(Extent extent, Order order) implements Projection {
  /** The two monotone orders. */
  public enum Order {
    INCREASING,
    DECREASING
  }

  /** All elements, non-decreasing. */
  public static Isotonic ofAll() {
    return new Isotonic(Extent.WHOLE, Order.INCREASING);
  }

  /** Each row, non-decreasing. */
  public static Isotonic ofRows() {
    return new Isotonic(Extent.ROWS, Order.INCREASING);
  }

  /** The same with y_1 >= y_2 >= ... */
  public Isotonic decreasing() {
    return new Isotonic(extent, Order.DECREASING);
  }

  /**
   * The same with low &lt;= y_i &lt;= high for all i: the isotonic projection moved into the
   * bounds, which may be infinite, with the derivatives of both. Source: de Leeuw, Hornik and Mair,
   * Isotone optimization in R, 2009; Grotzinger and Witzgall, Projections onto order simplexes,
   * 1984.
   */
  public Projection within(Var low, Var high) {
    return point -> new Box(low, high).of(of(point));
  }

  @Override
  public Var of(Var point) {
    Var rows = extent.toRows(point);
    Var upward = order == Order.INCREASING ? rows : rows.negate();
    Var labels = IsotonicBlocks.of(upward, Var.constant(0));
    return extent.fromRows(BlockMean.of(rows, labels), point.shape());
  }
}
