package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.QuasiNewtonPreconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Steps x - H F towards the minimum of a convex objective, H being the inverse of a Hessian nearby
 * ({@link Nearby}), corrected by the steps so far as L-BFGS does it. A pass a step, where Newton's
 * method takes one to linearise, some to solve and one to judge. They end where they do not
 * contract any more, which leaves the rest to Newton's method.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 7.2; Kelley, Iterative
 * Methods for Linear and Nonlinear Equations, section 5.4.1 (chord method).
 */
final class ChordSteps {
  private static final int MEMORY = 20;

  /** A step that leaves more of the residual is a slow one. */
  private static final double SLOW = 0.5;

  private static final int MOST_SLOW = 2;

  private ChordSteps() {}

  /** Steps from where the iterates stand, by what they know of a Hessian nearby. */
  static void run(Problem problem, Iterates iterates) {
    if (!iterates.goesOn() || !prepare(problem, iterates)) {
      return;
    }
    List<QuasiNewtonPreconditioner.Pair> pairs = new ArrayList<>();
    int slow = 0;
    while (iterates.goesOn() && slow < MOST_SLOW) {
      Matrix x = iterates.x();
      Matrix f = iterates.here().residual();
      double before = iterates.norm();
      Matrix step = QuasiNewtonPreconditioner.of(pairs, iterates.nearby()::solve).times(f);
      Matrix next = x.minus(step);
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      if (there.isEmpty() || !(there.get().residual().norm() < before)) {
        iterates.stay();
        return;
      }
      iterates.moveTo(next, there.get());
      slow += iterates.norm() > SLOW * before ? 1 : 0;
      pairs.add(
          new QuasiNewtonPreconditioner.Pair(
              iterates.x().minus(x), iterates.here().residual().minus(f)));
      if (pairs.size() > MEMORY) {
        pairs.remove(0);
      }
    }
  }

  /** Brings what is known nearer, where it is of another theta; whether there is budget for it. */
  private static boolean prepare(Problem problem, Iterates iterates) {
    if (!iterates.nearby().isElsewhere()) {
      return true;
    }
    try (ClosableOperator hessian = iterates.metered(() -> problem.jacobian(iterates.x()))) {
      Nearby moved = iterates.nearby().at(hessian);
      if (iterates.isOpen()) {
        iterates.keep(moved);
      }
      return iterates.isOpen();
    } catch (NotANumberException unknown) {
      return false;
    }
  }
}
