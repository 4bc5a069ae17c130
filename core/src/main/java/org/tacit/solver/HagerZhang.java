package org.tacit.solver;

import java.util.Optional;

/**
 * The line search of CG_DESCENT: a length with sufficient decrease delta, and phi'(t) &gt;= sigma
 * phi'(0), found by secant steps on the slope within an interval over which it changes sign. Where
 * values are equal but for rounding it goes by slopes alone, so it works to full precision. One
 * pass a trial, {@value #MOST_TRIALS} at most. Source: Hager and Zhang, SIAM J. Optim. 16 (2005),
 * section 4.
 */
record HagerZhang(double delta, double sigma) implements Minimiser.LineSearch {
  private static final int MOST_TRIALS = 50;
  private static final double GROWTH = 5;
  private static final double SHRINKAGE = 0.66;

  public HagerZhang {
    if (!(delta > 0 && delta < 0.5 && delta <= sigma && sigma < 1)) {
      throw new IllegalArgumentException(
          "Invalid constants: %s, %s (must be 0 < delta < 0.5, delta <= sigma < 1)"
              .formatted(delta, sigma));
    }
  }

  @Override
  public Optional<Ray.Trial> along(Ray ray, double first) {
    return new Search(ray).from(first);
  }

  /** An end of the interval: on the left the slope is negative, on the right it is not. */
  private record End(double t, double slope) {}

  private final class Search {
    private final Ray ray;
    private End left;
    private End right;
    private Optional<Ray.Trial> found = Optional.empty();
    private Optional<Ray.Trial> lower = Optional.empty();
    private int trials;

    Search(Ray ray) {
      this.ray = ray;
      this.left = new End(0, ray.slope());
    }

    Optional<Ray.Trial> from(double first) {
      double t = first;
      while (right == null && goesOn()) {
        take(t);
        t *= GROWTH;
      }
      int before = -1;
      // An interval of two neighbouring numbers takes no trial any more.
      while (goesOn() && trials > before) {
        before = trials;
        double width = right.t() - left.t();
        secantTwice();
        if (goesOn() && right.t() - left.t() > SHRINKAGE * width) {
          take((left.t() + right.t()) / 2);
        }
      }
      return found.isPresent() ? found : lower;
    }

    private boolean goesOn() {
      return found.isEmpty() && trials < MOST_TRIALS;
    }

    private void secantTwice() {
      End a = left;
      End b = right;
      double c = secant(a, b);
      take(c);
      if (goesOn() && c == right.t()) {
        take(secant(b, right));
      } else if (goesOn() && c == left.t()) {
        take(secant(a, left));
      }
    }

    private static double secant(End a, End b) {
      return (a.t() * b.slope() - b.t() * a.slope()) / (b.slope() - a.slope());
    }

    /** A trial inside the interval (or beyond it, before there is one), which it narrows. */
    private void take(double t) {
      if (!(t > left.t() && (right == null || t < right.t()))) {
        return;
      }
      Optional<Ray.Trial> trial = ask(t);
      if (!goesOn()) {
        return;
      }
      if (trial.isPresent() && trial.get().slope() >= 0) {
        right = new End(t, trial.get().slope());
      } else if (trial.isPresent() && ray.isNotHigher(trial.get())) {
        left = new End(t, trial.get().slope());
        lower = trial;
      } else {
        bisect(t);
      }
    }

    /** Down from a t where the slope is negative but the value too high, or not finite. */
    private void bisect(double t) {
      double high = t;
      while (goesOn()) {
        double middle = (left.t() + high) / 2;
        Optional<Ray.Trial> trial = ask(middle);
        if (trial.isPresent() && trial.get().slope() >= 0) {
          right = new End(middle, trial.get().slope());
          return;
        }
        if (trial.isPresent() && ray.isNotHigher(trial.get())) {
          left = new End(middle, trial.get().slope());
          lower = trial;
        } else {
          high = middle;
        }
      }
    }

    private Optional<Ray.Trial> ask(double t) {
      trials++;
      Optional<Ray.Trial> trial = ray.at(t);
      found = trial.filter(at -> ray.isDescent(at, delta) && at.slope() >= sigma * ray.slope());
      return trial;
    }
  }
}
