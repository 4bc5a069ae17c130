package org.tacit.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link RootFinder#broyden}. */
final class Broyden {
  private static final int MEMORY = 50;
  private static final int TOGETHER = 4;
  private static final int ROUNDS = 8;
  private static final double ARMIJO = 1e-4;

  private Broyden() {}

  static Outcome run(Problem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return Outcome.STALLED;
    }
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
          return Outcome.STALLED;
        }
      }
      boolean isWorn = !hasMoved || inverse.rank() >= MEMORY;
      if (isWorn && iterates.goesOn()) {
        inverse = fresh(problem, iterates);
      }
    }
    return Outcome.STALLED;
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
