package org.tacit.solver;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.Problem;

/**
 * Truncated Newton: x - t s with dF s = F solved only as exactly as the residual is small (relative
 * tolerance min(0.1, sqrt(|F| / |F_0|))), and t halved until the norm of the residual falls. For
 * any F, with or without an objective. Each step is one pass to linearise, the linear solver's
 * passes, and one a trial. Source: Nocedal and Wright, Numerical Optimization, 2nd ed., sections
 * 7.1 and 11.2 (Dembo, Eisenstat, Steihaug 1982).
 *
 * @param linearSolver the method for the steps, for a relative tolerance
 */
public record Newton(DoubleFunction<LinearSolver> linearSolver) implements Solver {
  private static final int HALVINGS = 30;
  private static final double ARMIJO = 1e-4;

  /** With linear systems solved by {@link Auto}. */
  public static Newton of() {
    return new Newton(Auto::of);
  }

  @Override
  public String name() {
    return "newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    run(problem, iterates, stopping.maxIterations());
    return iterates.solution(name(), Outcome.STALLED);
  }

  /** Takes {@code steps} steps at most; ends early when one makes no progress. */
  void run(Problem problem, Iterates iterates, int steps) {
    for (int k = 0; k < steps && iterates.goesOn(); k++) {
      if (!step(problem, iterates)) {
        return;
      }
    }
  }

  private boolean step(Problem problem, Iterates iterates) {
    double forcing = Math.max(1e-10, Math.min(0.1, Math.sqrt(iterates.relativeNorm())));
    Matrix direction;
    try (ClosableOperator jacobian = problem.jacobian(iterates.x())) {
      direction =
          linearSolver.apply(forcing).prepare(jacobian).solve(iterates.here().residual()).value();
    }
    double length = 1;
    for (int k = 0; k < HALVINGS; k++, length /= 2) {
      Matrix trial = iterates.x().plus(-length, direction);
      if (trial.equals(iterates.x())) {
        break;
      }
      Optional<Problem.Evaluated> there = iterates.evaluate(trial);
      if (there.isPresent()
          && there.get().residual().norm() <= (1 - ARMIJO * length) * iterates.norm()) {
        iterates.moveTo(trial, there.get());
        return true;
      }
    }
    iterates.stay();
    return false;
  }
}
