package org.tacit.optimality;

/**
 * How the unknowns [z; nu; lam] of KKT equations are divided.
 *
 * @param equalities the length of nu
 * @param inequalities the length of lam
 */
public record Constraints(int equalities, int inequalities) {
  public Constraints {
    if (equalities < 0 || inequalities < 0) {
      throw new IllegalArgumentException(
          "Invalid constraints: "
              + equalities
              + " equalities, "
              + inequalities
              + " inequalities (must be >= 0)");
    }
  }
}
