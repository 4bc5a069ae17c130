package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#mirrorDescent}. */
final class AdaptiveMirrorDescent {
  private static final double GROWTH = 1.25;
  private static final double REACH = 30;
  private static final int PATIENCE = 500;
  private static final double ROUNDING = 1e-15;

  private AdaptiveMirrorDescent() {}

  static void run(MirrorProblem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return;
    }
    Problem.Point here = problem.at(iterates.x());
    Matrix best = iterates.x();
    Problem.Evaluated atBest = iterates.here();
    double eta = here.step();
    int fruitless = 0;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      eta = Math.min(eta, REACH / range(here.gradient()));
      Matrix next = problem.step(here.x(), here.gradient(), eta);
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      fruitless++;
      if (there.isEmpty() || isTooFar(iterates, here, problem.at(next))) {
        iterates.stay();
        eta /= 2;
        continue;
      }
      iterates.moveTo(next, there.get());
      here = problem.at(next);
      eta *= GROWTH;
      if (iterates.norm() < atBest.residual().norm()) {
        best = next;
        atBest = there.get();
        fruitless = 0;
      }
    }
    iterates.backTo(best, atBest);
  }

  /** By the slope at the end; where rounding blurs that, by the residual. */
  private static boolean isTooFar(Iterates iterates, Problem.Point from, Problem.Point to) {
    double noise = ROUNDING * to.gradient().norm() * to.x().norm();
    double slope = to.gradient().dot(to.x().minus(from.x()));
    return Math.abs(slope) <= noise ? to.residual().norm() > iterates.norm() : slope > 0;
  }

  private static double range(Matrix gradient) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : gradient.toArray()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }
}
