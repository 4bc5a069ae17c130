package org.tacit.solver;

import java.util.OptionalInt;
import java.util.Random;
import org.tacit.breeze.QuasiNewton;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.pass.NotANumberException;

/**
 * The bounds of a box, read off its projection: where points far off on both sides go. Held against
 * the projection at seeded random points, on both sides of each bound, with two steps.
 *
 * @param low n x 1, -infinity where there is none
 * @param high n x 1, infinity where there is none
 */
record BoxBounds(Matrix low, Matrix high) {
  /** A square of this is still a number. */
  private static final double FAR = 1e150;

  private static final double ROUNDING = 1e-12;

  /** The bounds of a problem whose g is the indicator of a box. No pass. */
  static BoxBounds of(String method, CompositeProblem problem) {
    try {
      int n = problem.size();
      Matrix low = problem.prox(Matrix.filled(n, 1, -FAR), 1);
      Matrix high = problem.prox(Matrix.filled(n, 1, FAR), 1);
      BoxBounds bounds =
          new BoxBounds(
              low.map(v -> v <= -FAR / 2 ? Double.NEGATIVE_INFINITY : v),
              high.map(v -> v >= FAR / 2 ? Double.POSITIVE_INFINITY : v));
      if (bounds.holdFor(problem)) {
        return bounds;
      }
    } catch (NotANumberException overflow) {
      // No projection on a box overflows.
    }
    throw new IllegalArgumentException(
        "Invalid proximal map for "
            + method
            + ": no projection on a box (must be one of x >= 0 or low <= x <= high; proximal newton"
            + " takes any)");
  }

  private boolean holdFor(CompositeProblem problem) {
    Random random = new Random(19);
    for (double spread : new double[] {1e-3, 1, 1e3}) {
      for (double step : new double[] {0.5, 3}) {
        Matrix moves = Matrix.adopting(low.rows(), 1, random.doubles(low.rows(), -1, 1).toArray());
        Matrix side = Matrix.adopting(low.rows(), 1, random.doubles(low.rows(), 0, 1).toArray());
        Matrix around = side.with(low, (s, l) -> s < 0.5 ? finite(l) : Double.NaN);
        Matrix point =
            around
                .with(high, (a, h) -> Double.isNaN(a) ? finite(h) : a)
                .with(moves, (a, m) -> a + spread * Math.max(1, Math.abs(a)) * m);
        Matrix missed = problem.prox(point, step).minus(nearest(point));
        if (!(missed.maxAbs() <= ROUNDING * Math.max(1, point.maxAbs()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static double finite(double bound) {
    return Double.isInfinite(bound) ? 0 : bound;
  }

  Matrix nearest(Matrix x) {
    return x.with(low, Math::max).with(high, Math::min);
  }

  /**
   * L-BFGS-B steps inside of the bounds, with {@code memory} pairs of steps or as many as usual.
   */
  SemismoothPolish.FirstOrder descent(OptionalInt memory) {
    return (problem, iterates, enough, atMost) -> {
      Matrix x = iterates.x();
      SmoothPart smooth = new SmoothPart(problem.problem(), iterates, Matrix.zeros(low.rows(), 1));
      return smooth.follow(
          QuasiNewton.bounded(smooth, new QuasiNewton.Start(x, memory), low, high), enough, atMost);
    };
  }
}
