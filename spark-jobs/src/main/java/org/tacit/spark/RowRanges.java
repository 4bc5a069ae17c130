package org.tacit.spark;

import org.apache.spark.Partitioner;

/** Partitions that are runs of row numbers of equal length, so that order is kept. */
final class RowRanges extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int partitions;
  private final long rows;

  RowRanges(int partitions, long rows) {
    this.partitions = partitions;
    this.rows = rows;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object row) {
    return (int) ((Long) row * partitions / rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowRanges that && partitions == that.partitions && rows == that.rows;
  }

  @Override
  public int hashCode() {
    return 31 * partitions + Long.hashCode(rows);
  }
}
