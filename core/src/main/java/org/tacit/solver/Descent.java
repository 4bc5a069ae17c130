package org.tacit.solver;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import org.tacit.matrix.Matrix;

/**
 * Steps along directions of descent, each as far as a line search goes. Where it finds no step, the
 * next direction is that of steepest descent; where that gives none either, the solve ends. A value
 * may be as high as the highest of the last {@code valuesKept}.
 */
record Descent(Rule rule, Minimiser.LineSearch search, int valuesKept) {
  private static final double FIRST = 1e-2;
  private static final double PROBE = 1e-4;

  /**
   * A step made.
   *
   * @param from the gradient where it began
   * @param change of the gradient along it
   */
  record Step(Matrix direction, double t, double slope, Matrix from, Matrix change) {}

  /** Where to go, and how far at first. */
  interface Rule {
    Matrix direction(Matrix gradient, Step last);

    double length(Matrix gradient, Matrix direction, Step last);
  }

  static void requireObjective(String method, Iterates iterates) {
    if (iterates.isStartFinite() && iterates.here().value().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid problem: F is no gradient ("
              + method
              + " needs an objective; use newton or a fixed-point iteration)");
    }
  }

  /** |grad f(x - h g) - g| / |h g|, one pass. */
  static double probed(Iterates iterates) {
    Matrix gradient = iterates.here().residual();
    double h = PROBE * Math.max(1, iterates.x().norm()) / gradient.norm();
    return iterates
        .evaluate(iterates.x().plus(-h, gradient))
        .map(there -> there.residual().minus(gradient).norm() / (h * gradient.norm()))
        .orElse(1 / h);
  }

  /** Takes so many steps at most. */
  void run(Iterates iterates, int steps) {
    Deque<Double> values = new ArrayDeque<>();
    Optional<Step> last = Optional.empty();
    for (int k = 0; k < steps && iterates.goesOn(); k++) {
      values.addLast(iterates.here().value().orElseThrow());
      if (values.size() > valuesKept) {
        values.removeFirst();
      }
      Matrix gradient = iterates.here().residual();
      Matrix direction =
          last.map(step -> rule.direction(gradient, step)).orElse(gradient.times(-1));
      if (!(gradient.dot(direction) < 0)) {
        last = Optional.empty();
        direction = gradient.times(-1);
      }
      Ray ray = new Ray(iterates, direction, Collections.max(values));
      Optional<Ray.Trial> trial = search.along(ray, length(iterates, direction, last));
      boolean isMove = trial.isPresent() && !trial.get().x().equals(iterates.x());
      if (isMove) {
        iterates.moveTo(trial.get().x(), trial.get().there());
        Matrix change = iterates.here().residual().minus(gradient);
        last = Optional.of(new Step(direction, trial.get().t(), ray.slope(), gradient, change));
      } else {
        iterates.stay();
        if (last.isEmpty()) {
          return;
        }
        last = Optional.empty();
      }
    }
  }

  private double length(Iterates iterates, Matrix direction, Optional<Step> last) {
    Matrix gradient = iterates.here().residual();
    return last.map(step -> rule.length(gradient, direction, step))
        .filter(t -> t > 0 && Double.isFinite(t))
        .orElseGet(() -> FIRST * Math.max(1, iterates.x().norm()) / direction.norm());
  }

  /** The directions and first lengths of {@link Minimiser#steepestDescent}. */
  record BarzilaiBorwein() implements Descent.Rule {
    /** The highest of so many values is one that the next may have. */
    static final int KEPT = 10;

    private static final double GROWTH = 10;

    @Override
    public Matrix direction(Matrix gradient, Descent.Step last) {
      return gradient.times(-1);
    }

    @Override
    public double length(Matrix gradient, Matrix direction, Descent.Step last) {
      double curvature = last.direction().dot(last.change());
      double squared = last.direction().dot(last.direction());
      double longest = GROWTH * last.t() * last.direction().norm() / gradient.norm();
      return curvature > 0 ? last.t() * squared / curvature : longest;
    }
  }

  /** The directions and first lengths of {@link Minimiser#nonlinearConjugateGradient}. */
  record ConjugateDirection(Minimiser.Beta beta) implements Descent.Rule {
    @Override
    public Matrix direction(Matrix gradient, Descent.Step last) {
      double factor = beta.of(gradient, last);
      return last.direction().times(Double.isFinite(factor) ? factor : 0).minus(gradient);
    }

    /** The minimiser along the direction, of the quadratic that the last step saw. */
    @Override
    public double length(Matrix gradient, Matrix direction, Descent.Step last) {
      double curvature = last.direction().dot(last.change()) / last.t();
      double squared = last.direction().dot(last.direction());
      double here = direction.dot(direction);
      return curvature > 0
          ? -gradient.dot(direction) * squared / (curvature * here)
          : 2 * last.t() * Math.sqrt(squared / here);
    }
  }
}
