package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#ista}. */
final class Ista {
  private static final int PATIENCE = 500;
  private static final double ROUNDING = 1e-15;

  private Ista() {}

  static void run(CompositeProblem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return;
    }
    Problem.Point here = problem.at(iterates.x());
    double lowest = iterates.norm();
    double lipschitz = 1 / here.step();
    int fruitless = 0;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Matrix next = problem.prox(here.x().plus(-1 / lipschitz, here.gradient()), 1 / lipschitz);
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      fruitless++;
      if (there.isEmpty() || isAboveBound(here, problem.at(next), lipschitz)) {
        iterates.stay();
        lipschitz *= 2;
        continue;
      }
      iterates.moveTo(next, there.get());
      iterates.keep();
      here = problem.at(next);
      lipschitz *= 0.9;
      if (iterates.norm() < lowest) {
        lowest = iterates.norm();
        fruitless = 0;
      }
    }
  }

  private static boolean isAboveBound(Problem.Point from, Problem.Point to, double lipschitz) {
    Matrix d = to.x().minus(from.x());
    double noise = ROUNDING * to.gradient().norm() * d.norm();
    return to.gradient().minus(from.gradient()).dot(d) > lipschitz * d.dot(d) + noise;
  }
}
