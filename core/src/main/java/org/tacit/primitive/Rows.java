package org.tacit.primitive;

import org.tacit.matrix.Schema;

/**
 * A table as a program sees it: its columns, its number of rows, its totals. Bound to data only
 * when a program is evaluated.
 */
public record Rows(String table, Schema schema) {
  /** The column that {@link #features} reads. */
  public static final String FEATURES = "features";

  /** The column that {@link #label} reads. */
  public static final String LABEL = "label";

  /** The column that {@link #weight} reads. */
  public static final String WEIGHT = "weight";

  /** The column of what is added to the predictions of a model. */
  public static final String OFFSET = "offset";

  public Var column(String name) {
    return Var.column(table, name, schema.field(name).width());
  }

  public Var features() {
    return column(FEATURES);
  }

  public Var label() {
    return column(LABEL);
  }

  public Var weight() {
    return column(WEIGHT);
  }

  /** The number of rows, 1 x 1. */
  public Var count() {
    return Var.rowCount(table);
  }

  /** The sum of a column over all rows, 1 x 1. */
  public Var total(String name) {
    return Var.columnTotal(table, name);
  }

  /** sum_i w_i v_i of a value of each row, 1 x columns; w_i is 1 where rows have no weights. */
  public Var sum(Var each) {
    return weighed(each).sumRows();
  }

  /** The same over the sum of the weights. */
  public Var mean(Var each) {
    return sum(each).divide(schema.has(WEIGHT) ? total(WEIGHT) : count());
  }

  /** w_i v_i. */
  public Var weighed(Var each) {
    return schema.has(WEIGHT) ? each.times(weight()) : each;
  }
}
