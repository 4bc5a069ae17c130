package org.tacit.pass;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.tacit.matrix.Schema;

/**
 * The sums of a table's columns over all rows, each taken once; a table with kept columns has those
 * of the table it was made from.
 */
final class Totals {
  private final Map<String, Double> known = new HashMap<>();
  private final Optional<Totals> base;
  private final Schema baseColumns;

  private Totals(Optional<Totals> base, Schema baseColumns) {
    this.base = base;
    this.baseColumns = baseColumns;
  }

  Totals() {
    this(Optional.empty(), Schema.of());
  }

  /** The totals of a table that has more columns than the one of these totals and this schema. */
  Totals wider(Schema columns) {
    return new Totals(Optional.of(this), columns);
  }

  /** The total of a column, from {@code sum} when it is asked for the first time. */
  double of(String column, DoubleSupplier sum) {
    if (base.isPresent() && baseColumns.has(column)) {
      return base.get().of(column, sum);
    }
    synchronized (known) {
      return known.computeIfAbsent(column, c -> sum.getAsDouble());
    }
  }
}
