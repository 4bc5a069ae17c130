package org.tacit.data;

/** What becomes of rows that cannot be used. */
public enum BadRows {
  /** Reading fails with their count and the first examples. */
  REFUSE,
  /** They are left out and counted. */
  DROP
}
