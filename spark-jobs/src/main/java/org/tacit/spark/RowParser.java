package org.tacit.spark;

import java.io.Serializable;

/** Makes a row out of what a source has, on executors. */
interface RowParser<T> extends Serializable {
  /** Whether this is a row at all; a blank line is not. */
  boolean isRow(T raw);

  Example parse(T raw) throws BadCell;
}
