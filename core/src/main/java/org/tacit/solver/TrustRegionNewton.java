package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link Minimiser#trustRegionNewton}. */
final class TrustRegionNewton {
  private static final int ROUNDS = 6;
  private static final double ACCEPTED = 1e-4;
  private static final double GOOD = 0.75;
  private static final double POOR = 0.25;

  /** Decreases below this part of the objective are rounding. */
  private static final double ROUNDING = 1e-13;

  private static final double HELPFUL = 0.9;

  private TrustRegionNewton() {}

  static void run(Problem problem, Iterates iterates) {
    Descent.requireObjective("trust-region newton", iterates);
    double radius = Math.max(1, iterates.x().norm());
    while (radius > 0 && iterates.goesOn()) {
      radius = step(problem, iterates, radius);
    }
  }

  /** The next radius; zero when no step was found. */
  private static double step(Problem problem, Iterates iterates, double radius) {
    boolean isSmall = Newton.isWhole(problem) && !problem.isHeld();
    double loosest = isSmall ? 1e-10 : Math.min(0.5, Math.sqrt(iterates.relativeNorm()));
    double enough =
        Math.max(0.5 * Math.min(iterates.bound(), iterates.norm()), loosest * iterates.norm());
    try {
      return search(iterates, path(problem, iterates, radius, enough), radius);
    } catch (NotANumberException noStep) {
      iterates.stay();
      return 0;
    }
  }

  private static SteihaugPath path(
      Problem problem, Iterates iterates, double radius, double enough) {
    Matrix gradient = iterates.here().residual();
    boolean isSmall = Newton.isWhole(problem) && !problem.isHeld();
    if (isSmall) {
      Optional<DenseOperator> whole = iterates.whole(problem, iterates.x());
      if (whole.isPresent()) {
        return SteihaugPath.ofSmall(whole.get().matrix(), gradient, radius, enough);
      }
    }
    try (ClosableOperator hessian = iterates.metered(() -> problem.jacobian(iterates.x()))) {
      return isSmall
          ? SteihaugPath.ofSmall(DenseOperator.of(hessian).matrix(), gradient, radius, enough)
          : SteihaugPath.of(hessian, gradient, radius, enough);
    }
  }

  private static double search(Iterates iterates, SteihaugPath path, double radius) {
    double r = Math.min(radius, path.within(radius).s().norm());
    boolean isAtBoundary = r >= (1 - 1e-9) * radius;
    Optional<Found> whole = first(iterates, path, List.of(r));
    if (whole.isPresent()) {
      double next = isAtBoundary ? 3 * radius : Math.max(radius, 3 * r);
      return move(iterates, whole.get(), radius, next);
    }
    for (int round = 0; round < ROUNDS && iterates.goesOn(); round++, r /= 64) {
      Optional<Found> shorter = first(iterates, path, List.of(r / 4, r / 16, r / 64));
      if (shorter.isPresent()) {
        return move(iterates, shorter.get(), shorter.get().radius(), shorter.get().radius());
      }
    }
    iterates.stay();
    return 0;
  }

  /** A step that was taken, and its decrease over the model's. */
  private record Found(Matrix x, Problem.Evaluated there, double ratio, double radius) {}

  private static double move(Iterates iterates, Found found, double same, double larger) {
    iterates.moveTo(found.x(), found.there());
    return found.ratio() > GOOD ? larger : found.ratio() < POOR ? POOR * found.radius() : same;
  }

  private static Optional<Found> first(Iterates iterates, SteihaugPath path, List<Double> radii) {
    List<SteihaugPath.Node> steps = radii.stream().map(path::within).toList();
    List<Matrix> points = steps.stream().map(step -> iterates.x().plus(step.s())).toList();
    if (points.get(0).equals(iterates.x())) {
      return Optional.empty();
    }
    var there = iterates.evaluateAll(points);
    for (int k = 0; k < points.size(); k++) {
      if (there.get(k).isPresent()) {
        double expected = path.decrease(steps.get(k));
        double ratio = agreement(iterates, there.get(k).get(), expected);
        if (ratio > ACCEPTED) {
          return Optional.of(new Found(points.get(k), there.get(k).get(), ratio, radii.get(k)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The decrease of the objective over what a model foretold. Where the model's decrease is below
   * the rounding of the objective, 1 for a gradient that is clearly smaller and 0 for others.
   */
  static double agreement(Iterates iterates, Problem.Evaluated there, double expected) {
    double value = iterates.here().value().orElseThrow();
    double decrease = value - there.value().orElseThrow();
    double rounding = ROUNDING * Math.max(Math.abs(value), Double.MIN_NORMAL);
    if (expected <= 1e3 * rounding && decrease >= -rounding) {
      return there.residual().norm() <= HELPFUL * iterates.norm() ? 1 : 0;
    }
    return decrease / expected;
  }
}
