package org.tacit.data;

import java.io.Serializable;

/**
 * How tables are read.
 *
 * @param partitions the number of partitions of each table; 0 for as many as Spark reads the files
 *     in. When given, rows are spread evenly in file order, whatever the cluster.
 * @param badRows what becomes of rows that cannot be used
 * @param engine where passes will run
 */
public record Reading(int partitions, BadRows badRows, Engine engine) implements Serializable {
  /** Partitions as Spark has them, bad rows refused, the engine chosen by size. */
  public static final Reading DEFAULT = new Reading(0, BadRows.REFUSE, Engine.AUTO);

  public Reading {
    if (partitions < 0) {
      throw new DataException(
          "data.partitions",
          "Invalid data.partitions: " + partitions + " (must be >= 1, or 0 for Spark's own)");
    }
  }

  public Reading withPartitions(int newPartitions) {
    return new Reading(newPartitions, badRows, engine);
  }

  public Reading withBadRows(BadRows newBadRows) {
    return new Reading(partitions, newBadRows, engine);
  }

  public Reading withEngine(Engine newEngine) {
    return new Reading(partitions, badRows, newEngine);
  }
}
