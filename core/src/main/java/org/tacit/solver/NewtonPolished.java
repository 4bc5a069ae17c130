package org.tacit.solver;

import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * {@link Lbfgs} until Newton steps pay or its line search is stuck, then {@link Newton} steps,
 * which are accepted by the residual and so reach tolerances of 1e-11 and less. Where Newton makes
 * no progress far from the solution, L-BFGS goes on. Without an objective, Newton alone.
 *
 * @param newton the second phase
 */
public record NewtonPolished(Newton newton) implements Solver {
  private static final int FEW_UNKNOWNS = 256;
  private static final int ROUNDS = 8;
  private static final double WARM = 1e-6;

  /** With linear systems by size. */
  public static NewtonPolished of() {
    return new NewtonPolished(Newton.of());
  }

  @Override
  public String name() {
    return "l-bfgs + newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    boolean hasObjective = iterates.here().value().isPresent();
    // A Newton step costs three passes when the Jacobian is built whole, and many more when it is
    // not.
    boolean isSmall = problem.size() <= FEW_UNKNOWNS;
    // Few digits are asked of a warm start, which Newton finds at once.
    boolean isWarm = isSmall && stopping.bound(iterates.norm()) >= WARM * iterates.norm();
    double enough = isSmall ? 1e-2 : 1e-4;
    int steps = isSmall ? 12 : 200;
    for (int round = 0; round < ROUNDS && iterates.goesOn(); round++) {
      double before = iterates.norm();
      if (hasObjective && !(isWarm && round == 0)) {
        Lbfgs.run(iterates, enough, steps);
      }
      newton.run(problem, iterates, stopping.maxIterations());
      boolean isStuck = iterates.norm() > 0.5 * before;
      if (isStuck && round > 0) {
        break;
      }
      enough /= 100;
      steps *= 2;
    }
    return iterates.solution(name(), Outcome.STALLED);
  }
}
