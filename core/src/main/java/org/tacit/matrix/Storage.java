package org.tacit.matrix;

/** How a column of a table keeps its numbers. */
public enum Storage {
  /** Row-major doubles. */
  DENSE,
  /** Row-major floats, read as doubles. */
  FLOAT,
  /** Compressed sparse rows. */
  CSR,
  /** One integer a row. */
  KEY
}
