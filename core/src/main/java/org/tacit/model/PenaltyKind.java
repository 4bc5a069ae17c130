package org.tacit.model;

/** What the penalties are penalties of. */
public enum PenaltyKind {
  /** Half the squares. */
  L2,
  /** The absolute values: a sparse solution. */
  L1,
  /** Both; theta holds the log penalties of the absolute values, then those of the squares. */
  ELASTIC_NET
}
