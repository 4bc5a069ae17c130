package org.tacit.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Broyden's good method for any F: x - t H F(x), H following dF^-1 by changes of rank one that map
 * what F changed by to the last step.
 *
 * <p>Where {@link org.tacit.operator.Cost} says that it is cheap, H begins as the inverse Jacobian
 * at the start, two passes; elsewhere as -I, which is that of a fixed point T(x) - x near a
 * constant T. A step is halved until the residual's norm falls, the first length in one pass, then
 * {@value #TOGETHER} at a time. Where none does, H begins anew; and where that has just been done,
 * the solve ends as STALLED. One pass a step, two vectors a step kept, {@value #MEMORY} steps at
 * most. Source: Broyden 1965; Nocedal and Wright, section 11.1; Kelley, Iterative Methods for
 * Linear and Nonlinear Equations, chapter 7.
 */
public record Broyden() implements Solver {
  private static final int MEMORY = 50;
  private static final int TOGETHER = 4;
  private static final int ROUNDS = 8;
  private static final double ARMIJO = 1e-4;

  @Override
  public String name() {
    return "broyden";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    if (iterates.goesOn()) {
      run(problem, iterates);
    }
    return iterates.solution(name(), Outcome.STALLED);
  }

  private static void run(Problem problem, Iterates iterates) {
    BroydenInverse inverse = fresh(problem, iterates);
    while (iterates.goesOn()) {
      Matrix x = iterates.x();
      Matrix f = iterates.here().residual();
      Matrix step = inverse.apply(f).times(-1);
      boolean hasMoved = step.isFinite() && search(iterates, step);
      if (hasMoved) {
        inverse.update(iterates.x().minus(x), iterates.here().residual().minus(f));
      } else {
        iterates.stay();
        if (inverse.isFresh()) {
          return;
        }
      }
      boolean isWorn = !hasMoved || inverse.rank() >= MEMORY;
      if (isWorn && iterates.goesOn()) {
        inverse = fresh(problem, iterates);
      }
    }
  }

  private static BroydenInverse fresh(Problem problem, Iterates iterates) {
    if (!problem.cost().isCheapWhole()) {
      return BroydenInverse.ofMinusIdentity();
    }
    try (ClosableOperator jacobian = iterates.metered(() -> problem.jacobian(iterates.x()))) {
      return BroydenInverse.of(DenseOperator.of(jacobian).matrix());
    } catch (NotANumberException unknown) {
      return BroydenInverse.ofMinusIdentity();
    }
  }

  private static boolean search(Iterates iterates, Matrix step) {
    if (tries(iterates, step, 1)) {
      return true;
    }
    double t = 0.5;
    for (int round = 0; round < ROUNDS; round++) {
      if (tries(iterates, step, t, t / 2, t / 4, t / 8)) {
        return true;
      }
      t /= 1 << TOGETHER;
    }
    return false;
  }

  private static boolean tries(Iterates iterates, Matrix step, double... lengths) {
    List<Matrix> points = Arrays.stream(lengths).mapToObj(t -> iterates.x().plus(t, step)).toList();
    List<Optional<Problem.Evaluated>> there = iterates.evaluateAll(points);
    for (int k = 0; k < lengths.length; k++) {
      double enough = (1 - ARMIJO * lengths[k]) * iterates.norm();
      if (there.get(k).filter(at -> at.residual().norm() <= enough).isPresent()) {
        iterates.moveTo(points.get(k), there.get(k).get());
        return true;
      }
    }
    return false;
  }
}
