package org.tacit.optimality;

/**
 * How the unknowns [z; nu; lam] of KKT equations are divided.
 *
 * @param equalities the length of nu
 * @param inequalities the length of lam
 * @param isQuadratic whether the objective is known to be quadratic and the constraints affine in z
 */
public record Constraints(int equalities, int inequalities, boolean isQuadratic)
    implements Problem.Kind {
  public Constraints {
    if (equalities < 0 || inequalities < 0) {
      throw new IllegalArgumentException(
          "Invalid constraints: %s equalities, %s inequalities (must be >= 0)"
              .formatted(equalities, inequalities));
    }
  }
}
