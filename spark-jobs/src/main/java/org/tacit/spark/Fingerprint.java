package org.tacit.spark;

/**
 * A number that stands for the rows of a partition in their order: h_0 = 0 and h_i = c h_(i-1) +
 * the row's own, mod 2^64. Rows that another reading gives in another order, or with other cells,
 * have another one but for an accident in 2^32.
 */
final class Fingerprint {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private long rows;
  private long hash;

  void add(int row) {
    hash = ODD * hash + row;
    rows++;
  }

  long rows() {
    return rows;
  }

  long hash() {
    return hash;
  }

  /**
   * Requires these to be the rows of the survey.
   *
   * @throws DataException naming the partition otherwise
   */
  void require(int partition, long surveyedRows, long surveyedHash) {
    if (rows != surveyedRows || hash != surveyedHash) {
      throw new DataException(
          "data",
          "Rows that change from one reading to the next: partition "
              + partition
              + " had "
              + surveyedRows
              + " rows at first, now "
              + rows
              + (rows == surveyedRows ? " others or in another order" : "")
              + ", so that a row could be in two parts or in none (must be the same each time; sort"
              + " by a key that tells all rows apart, or write the data set to Parquet and read"
              + " that)");
    }
  }
}
