package org.tacit.solver;

import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** Problems in two parts, as some methods need them. */
final class Composites {
  private Composites() {}

  static CompositeProblem of(Solver solver, Problem problem) {
    return problem
        .as(CompositeProblem.class)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid condition for "
                        + solver.name()
                        + ": no smooth part and proximal map (must be a ProximalGradient)"));
  }
}
