package org.tacit.data;

import java.io.Serializable;
import java.util.List;

/** Makes a row out of what a source has, on executors. */
interface RowParser<T> extends Serializable {
  /** Whether this is a row at all; a blank line is not. */
  boolean isRow(T raw);

  /** Begins a row of {@code rows}, and adds its features. */
  void parse(T raw, RunBuilder rows) throws BadCell;

  /** A number by which a row is known again: equal for rows that are the same. */
  default int fingerprint(T raw) {
    return raw.hashCode();
  }

  /** How a bad row looks to people. */
  default String shown(T raw) {
    return raw.toString();
  }

  /** How many lines of the file it takes. */
  default long lines(T raw) {
    return 1;
  }

  /** Of a bad row, the feature columns that have text in it, where the source can tell. */
  default List<String> textColumns(T raw) {
    return List.of();
  }
}
