package org.tacit.data;

import java.util.Optional;

/**
 * What the keys are that a table has beside the data's own, in the column {@link #COLUMN}: numbers
 * that tell rows apart, whatever partitions they are in.
 *
 * @param column a column of names, texts or numbers, whose numbers in their order are the keys;
 *     empty for the number of the row in its source, from 0, modulo 2^31
 * @param presence which rows must have one
 */
public record RowKey(Optional<String> column, Presence presence) {
  /** What the table calls them. */
  public static final String COLUMN = "row key";

  /** Which rows have names. */
  public enum Presence {
    /** Every row; one without is a bad row. */
    ALWAYS,
    /** Those that are fitted: rows that only test need none. */
    WHERE_FITTED
  }

  /** The number of a row in its source. */
  public static RowKey ofRows() {
    return new RowKey(Optional.empty(), Presence.ALWAYS);
  }

  /** The number of the name that a row has in this column. */
  public static RowKey ofNames(String column) {
    return new RowKey(Optional.of(column), Presence.ALWAYS);
  }

  /** The same where rows that only test may lack it. */
  RowKey whereFitted() {
    return new RowKey(column, Presence.WHERE_FITTED);
  }
}
