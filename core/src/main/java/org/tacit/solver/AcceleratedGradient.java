package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#acceleratedGradient}. */
final class AcceleratedGradient {
  private static final int PATIENCE = 500;
  private static final double LONGEST = 1e6;

  /** Values of sums that differ by less are equal. */
  private static final double LEVEL = 1e-10;

  private AcceleratedGradient() {}

  static void run(Problem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return;
    }
    double lipschitz = Descent.probed(iterates);
    Matrix x = iterates.x();
    double t = 1;
    int fruitless = 0;
    while (iterates.goesOn() && fruitless++ < PATIENCE) {
      Matrix y = iterates.x();
      Matrix gradient = iterates.here().residual();
      double least = iterates.norm() / (LONGEST * Math.max(1, y.norm()));
      Matrix next = y.plus(-1 / Math.max(lipschitz, least), gradient);
      boolean isUphill = y.minus(next).dot(next.minus(x)) > 0;
      double after = isUphill ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      Matrix ahead = isUphill ? next : next.plus((t - 1) / after, next.minus(x));
      if (ahead.equals(y)) {
        iterates.stay();
        return;
      }
      boolean isPlain = ahead.equals(next);
      double highest = iterates.here().value().orElseThrow();
      Optional<Problem.Evaluated> there =
          iterates.evaluate(ahead).filter(at -> !isPlain || isNotHigher(at, highest));
      if (there.isEmpty()) {
        iterates.backToBest();
        iterates.stay();
        lipschitz = 4 * Math.max(lipschitz, least);
        x = iterates.x();
        t = 1;
        continue;
      }
      t = after;
      x = next;
      iterates.moveTo(ahead, there.get());
      lipschitz = Math.max(lipschitz, slope(y, gradient, iterates));
      fruitless = iterates.isAtBest() ? 0 : fruitless;
    }
  }

  private static boolean isNotHigher(Problem.Evaluated there, double value) {
    return there.value().orElseThrow() <= value + LEVEL * Math.abs(value);
  }

  private static double slope(Matrix from, Matrix gradient, Iterates to) {
    double distance = to.x().minus(from).norm();
    return distance == 0 ? 0 : to.here().residual().minus(gradient).norm() / distance;
  }
}
