package org.tacit.data;

/** Where passes run. */
public enum Engine {
  /** In process when the blocks are at most {@link #IN_PROCESS_BYTES}, else on Spark. */
  AUTO,
  SPARK,
  IN_PROCESS;

  /** Up to here a pass over all rows takes less time than the latency of a Spark job. */
  public static final long IN_PROCESS_BYTES = 64L << 20;

  boolean isInProcess(long bytes) {
    return this == IN_PROCESS || (this == AUTO && bytes <= IN_PROCESS_BYTES);
  }
}
