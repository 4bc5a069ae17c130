package org.tacit.solver;

import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#fista}. */
final class Fista {
  private static final int PATIENCE = 500;

  /** A residual so many times the smallest is that of a step too long. */
  private static final double WORSE = 1e3;

  private Fista() {}

  /**
   * Steps until the residual is {@code enough} times what it was, or {@code atMost} steps are done;
   * whether a better point was found.
   */
  static boolean run(CompositeProblem problem, Iterates iterates, double enough, int atMost) {
    if (!iterates.goesOn()) {
      return false;
    }
    Matrix best = iterates.x();
    Problem.Evaluated atBest = iterates.here();
    double first = iterates.norm();
    double lowest = first;
    Momentum momentum = new Momentum(problem.at(best));
    int fruitless = 0;
    for (int k = 0; k < atMost && fruitless < PATIENCE && iterates.goesOn(); k++) {
      if (iterates.norm() <= enough * first) {
        break;
      }
      Matrix next = momentum.step(problem);
      var there = iterates.evaluate(next);
      fruitless++;
      if (there.isEmpty() || there.get().residual().norm() > WORSE * lowest) {
        iterates.stay();
        momentum = momentum.shorter(problem.at(best));
        continue;
      }
      iterates.moveTo(next, there.get());
      momentum.moveTo(problem.at(next));
      if (iterates.norm() < lowest) {
        lowest = iterates.norm();
        best = next;
        atBest = there.get();
        fruitless = 0;
      }
    }
    iterates.backTo(best, atBest);
    return lowest < first;
  }

  /** Where the iteration stands. */
  private static final class Momentum {
    private Problem.Point y;
    private Matrix x;
    private double t = 1;
    private double lipschitz;

    Momentum(Problem.Point start) {
      this.y = start;
      this.x = start.x();
      this.lipschitz = 1 / start.step();
    }

    Momentum shorter(Problem.Point start) {
      Momentum again = new Momentum(start);
      again.lipschitz = 4 * lipschitz;
      return again;
    }

    Matrix step(CompositeProblem problem) {
      Matrix next = problem.prox(y.x().plus(-1 / lipschitz, y.gradient()), 1 / lipschitz);
      Matrix moved = next.minus(x);
      boolean isUphill = y.x().minus(next).dot(moved) > 0;
      double factor = 0;
      if (isUphill) {
        t = 1;
      } else {
        double after = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
        factor = (t - 1) / after;
        t = after;
      }
      x = next;
      return next.plus(factor, moved);
    }

    void moveTo(Problem.Point next) {
      double distance = next.x().minus(y.x()).norm();
      if (distance > 0) {
        double slope = next.gradient().minus(y.gradient()).norm() / distance;
        lipschitz = Math.max(lipschitz, slope);
      }
      y = next;
    }
  }
}
