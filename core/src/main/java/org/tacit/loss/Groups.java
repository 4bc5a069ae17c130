package org.tacit.loss;

import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * Rows in groups by a column of keys, such as the sources or people that they come from.
 *
 * @param column integers from 0 below {@code count}
 * @param count the number of groups
 */
public record Groups(String column, int count) {
  public Groups {
    Bound.atLeastOne("count of groups", count);
  }

  /** The sums of a value of each row, groups x columns, by the rows' weights. */
  Var sums(Rows rows, Var each) {
    return rows.weighed(each).sumByKey(rows.column(column), count);
  }

  /** Of each row what its group has, of groups x columns. */
  public Var each(Rows rows, Var ofGroups) {
    return ofGroups.rows(rows.column(column));
  }

  /** How many rows have keys of no group, 1 x 1. */
  public Var without(Rows rows) {
    return rows.column(column).greaterOrEqual(Var.constant(count)).sumRows();
  }
}
