package org.tacit.operator;

/** What an operator promises of itself; methods are chosen by it. */
public enum Structure {
  GENERAL,
  SYMMETRIC,
  /** Symmetric with positive eigenvalues. */
  POSITIVE_DEFINITE;

  public boolean isSymmetric() {
    return this != GENERAL;
  }
}
