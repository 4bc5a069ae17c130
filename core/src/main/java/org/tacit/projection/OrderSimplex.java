package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {high >= y_1 >= y_2 >= ... >= y_n >= low}: the decreasing {@link Isotonic} projection moved into
 * the bounds (its {@link Isotonic#within}, which knows the increasing order too), with the
 * derivatives of that and of {@link Box}. Source: Grotzinger and Witzgall, Projections onto order
 * simplexes, 1984.
 */
public record OrderSimplex(Extent extent, Var low, Var high) implements Projection {
  /** The set of all elements. */
  public static OrderSimplex ofAll(Var low, Var high) {
    return new OrderSimplex(Extent.WHOLE, low, high);
  }

  /** A set for each row. */
  public static OrderSimplex ofRows(Var low, Var high) {
    return new OrderSimplex(Extent.ROWS, low, high);
  }

  @Override
  public Var of(Var point) {
    return new Isotonic(extent, Isotonic.Order.DECREASING).within(low, high).of(point);
  }
}
