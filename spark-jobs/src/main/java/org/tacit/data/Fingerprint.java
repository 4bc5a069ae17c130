package org.tacit.data;

import java.io.Serializable;

/**
 * A number that stands for rows in their order: h_0 = 0 and h_i = c h_(i-1) + the row's own, mod
 * 2^64; that of several runs the same over theirs. Rows that another reading gives in another
 * order, or with other cells, have another one but for an accident in 2^32.
 */
final class Fingerprint implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private long rows;
  private long hash;

  void add(int row) {
    hash = ODD * hash + row;
    rows++;
  }

  /** The rows of the next run. */
  void append(Fingerprint run) {
    hash = ODD * hash + run.hash;
    rows += run.rows;
  }

  long rows() {
    return rows;
  }

  /**
   * Requires these to be the rows that were there at first.
   *
   * @throws DataException naming the partition otherwise
   */
  void require(int partition, Fingerprint first) {
    if (rows != first.rows || hash != first.hash) {
      throw new DataException(
          "data",
          String.format(
              "Rows that change from one reading to the next: partition %s had %s rows at"
                  + " first, now %s%s, so that a row could be in two parts or in none (must be the"
                  + " same each time; sort by a key that tells all rows apart, or write the data set"
                  + " to Parquet and read that)",
              partition,
              first.rows,
              rows,
              rows == first.rows ? " others or in another order" : ""));
    }
  }
}
