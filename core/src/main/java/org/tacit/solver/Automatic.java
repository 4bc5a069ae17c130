package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Chooses a method by what the problem is; the solution's method says which: {@link ProximalNewton}
 * for a composite objective, {@link NewtonPolished} otherwise.
 */
public record Automatic() implements Solver {
  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Solver method = problem.composite().isPresent() ? new ProximalNewton() : NewtonPolished.of();
    return method.solve(problem, start, stopping);
  }
}
