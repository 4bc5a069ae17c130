package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link Minimiser#levenbergMarquardt}. */
record LevenbergMarquardt(double damping) {
  private static final int TOGETHER = 3;
  private static final double ACCEPTED = 1e-4;
  private static final double MOST = 1e20;
  private static final double LEAST = 1e-15;

  public LevenbergMarquardt {
    if (!(damping > 0)) {
      throw new IllegalArgumentException("Invalid damping: " + damping + " (must be > 0)");
    }
  }

  void run(Problem problem, Iterates iterates) {
    double lambda = damping;
    while (lambda <= MOST && iterates.goesOn()) {
      try (NormalSystem system = NormalSystem.at("levenberg-marquardt", problem, iterates)) {
        lambda = step(iterates, system, lambda);
      } catch (NotANumberException noStep) {
        iterates.stay();
        break;
      }
    }
  }

  /**
   * Moves by the first lambda, from this one up, that wins enough; the lambda for the next step.
   */
  private static double step(Iterates iterates, NormalSystem system, double from) {
    double lambda = from;
    double growth = 2;
    int together = 1;
    while (lambda <= MOST && iterates.goesOn()) {
      List<Double> lambdas = new ArrayList<>();
      for (int k = 0; k < together; k++) {
        lambdas.add(lambda);
        lambda *= growth;
        growth *= 2;
      }
      Optional<Double> next = first(iterates, system, lambdas);
      if (next.isPresent()) {
        return Math.max(LEAST, next.get());
      }
      together = TOGETHER;
    }
    iterates.stay();
    return Double.POSITIVE_INFINITY;
  }

  private static Optional<Double> first(
      Iterates iterates, NormalSystem system, List<Double> lambdas) {
    List<Matrix> steps = lambdas.stream().map(system::step).toList();
    List<Matrix> points = steps.stream().map(s -> iterates.x().plus(s)).toList();
    List<Optional<Problem.Evaluated>> there = iterates.evaluateAll(points);
    for (int k = 0; k < points.size(); k++) {
      if (there.get(k).isPresent() && !points.get(k).equals(iterates.x())) {
        double expected = system.decrease(steps.get(k));
        double ratio = TrustRegionNewton.agreement(iterates, there.get(k).get(), expected);
        if (ratio > ACCEPTED) {
          iterates.moveTo(points.get(k), there.get(k).get());
          double factor = Math.max(1 / 3.0, 1 - Math.pow(2 * ratio - 1, 3));
          return Optional.of(lambdas.get(k) * factor);
        }
      }
    }
    return Optional.empty();
  }
}
