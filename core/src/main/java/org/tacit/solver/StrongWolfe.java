package org.tacit.solver;

import java.util.Optional;

/**
 * A length with sufficient decrease, c1, and a small slope, |phi'(t)| &lt;= c2 |phi'(0)|: lengths
 * grow until they enclose one, then zoom in on it by cubic interpolation. One pass a trial, {@value
 * #MOST_TRIALS} at most. Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms
 * 3.5 and 3.6.
 */
record StrongWolfe(double c1, double c2) implements Minimiser.LineSearch {
  private static final int MOST_TRIALS = 40;
  private static final double GROWTH = 4;

  public StrongWolfe {
    if (!(c1 > 0 && c1 < c2 && c2 < 1)) {
      throw new IllegalArgumentException(
          "Invalid constants: " + c1 + ", " + c2 + " (must be 0 < c1 < c2 < 1)");
    }
  }

  @Override
  public Optional<Ray.Trial> along(Ray ray, double first) {
    End low = new End(0, ray.reference(), ray.slope());
    Optional<Ray.Trial> lowest = Optional.empty();
    Optional<End> high = Optional.empty();
    double t = first;
    for (int k = 0; k < MOST_TRIALS; k++) {
      Optional<Ray.Trial> found = ray.at(t);
      if (found.isEmpty()) {
        high = Optional.of(new End(t, Double.POSITIVE_INFINITY, 0));
      } else {
        Ray.Trial trial = found.get();
        End here = new End(t, trial.value(), trial.slope());
        if (!ray.isDescent(trial, c1) || (trial.value() > low.value() && !ray.isNotHigher(trial))) {
          high = Optional.of(here);
        } else if (Math.abs(trial.slope()) <= -c2 * ray.slope()) {
          return found;
        } else {
          double ahead = high.isPresent() ? high.get().t() - low.t() : 1;
          high = trial.slope() * ahead >= 0 ? Optional.of(low) : high;
          low = here;
          lowest = found;
        }
      }
      t = high.isPresent() ? between(low, high.get()) : GROWTH * t;
    }
    return lowest;
  }

  private record End(double t, double value, double slope) {}

  /** The minimiser of the cubic through both ends, kept a tenth of the way off them. */
  private static double between(End low, End high) {
    double width = high.t() - low.t();
    double d1 =
        low.slope() + high.slope() - 3 * (low.value() - high.value()) / (low.t() - high.t());
    double root = d1 * d1 - low.slope() * high.slope();
    double part = 0.5;
    if (root >= 0 && Double.isFinite(root)) {
      double d2 = Math.copySign(Math.sqrt(root), width);
      double back = (high.slope() + d2 - d1) / (high.slope() - low.slope() + 2 * d2);
      part = Double.isFinite(back) ? Math.min(0.9, Math.max(0.1, 1 - back)) : 0.5;
    }
    return low.t() + part * width;
  }
}
