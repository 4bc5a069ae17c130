package org.tacit.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** The iterates of one solve by {@link InteriorPoint}. */
final class CentralPath {
  private static final double TO_THE_BOUNDARY = 0.995;
  private static final int HALVINGS = 20;
  private static final int PATIENCE = 30;

  private final Problem problem;
  private final int inequalities;
  private final Stopping stopping;

  CentralPath(Problem problem, int inequalities, Stopping stopping) {
    this.problem = problem;
    this.inequalities = inequalities;
    this.stopping = stopping;
  }

  Solution follow(String method, Matrix start) {
    Optional<Matrix> atStart = evaluate(start);
    if (atStart.isEmpty()) {
      return solution(method, start, Outcome.NOT_FINITE, 0, Double.NaN, Double.NaN);
    }
    double first = atStart.get().norm();
    double bound = stopping.bound(first);
    Optional<InteriorState> interior = interior(start);
    if (first <= bound && isFeasible(start, interior, bound)) {
      return solution(method, start, Outcome.CONVERGED, 0, first, first == 0 ? 0 : 1);
    }
    if (interior.isEmpty()) {
      return solution(method, start, Outcome.NOT_FINITE, 0, first, 1);
    }
    InteriorState here = interior.get();
    InteriorState best = here;
    Outcome end = Outcome.STALLED;
    int iterations = 0;
    int fruitless = 0;
    while (best.violation() > bound && fruitless < PATIENCE) {
      if (iterations == stopping.maxIterations()) {
        end = Outcome.BUDGET_EXHAUSTED;
        break;
      }
      iterations++;
      Optional<InteriorState> next = step(here);
      if (next.isEmpty()) {
        end = Outcome.NOT_FINITE;
        break;
      }
      here = next.get();
      fruitless = here.violation() < best.violation() ? 0 : fruitless + 1;
      best = here.violation() < best.violation() ? here : best;
    }
    double norm = best.residual().norm();
    Outcome outcome = best.violation() <= bound ? Outcome.CONVERGED : end;
    return solution(method, best.x(), outcome, iterations, norm, first == 0 ? norm : norm / first);
  }

  private static Solution solution(
      String method, Matrix x, Outcome outcome, int iterations, double norm, double relative) {
    return new Solution(x, outcome, method, iterations, norm, relative, OptionalDouble.empty());
  }

  /** The start with multipliers and slacks of at least 1. */
  private Optional<InteriorState> interior(Matrix start) {
    int from = start.rows() - inequalities;
    double[] x = start.toArray();
    for (int i = from; i < x.length; i++) {
      x[i] = Math.max(1, x[i]);
    }
    Matrix inside = Matrix.adopting(x.length, 1, x);
    return evaluate(inside)
        .map(f -> InteriorState.withSlacks(inside, f, inequalities, g -> Math.max(1, -g)));
  }

  private boolean isFeasible(Matrix start, Optional<InteriorState> interior, double bound) {
    for (int i = start.rows() - inequalities; i < start.rows(); i++) {
      if (start.at(i) < 0) {
        return false;
      }
    }
    return inequalities == 0 || (interior.isPresent() && interior.get().largestG() <= bound);
  }

  /** A predictor, a corrector and the step along it; empty where nothing finite is found. */
  private Optional<InteriorState> step(InteriorState here) {
    Optional<InteriorSystem> system = linearised(here);
    if (system.isEmpty()) {
      return Optional.empty();
    }
    InteriorState.Direction predictor = system.get().direction(here, here.products());
    double reach = here.largestStep(predictor);
    double mu = here.mu();
    double ratio = mu == 0 ? 0 : here.muAfter(predictor, reach) / mu;
    double target = ratio * ratio * ratio * mu;
    Matrix second = predictor.multipliers().with(predictor.slacks(), (a, b) -> a * b - target);
    InteriorState.Direction direction = system.get().direction(here, here.products().plus(second));
    double length = Math.min(1, TO_THE_BOUNDARY * here.largestStep(direction));
    for (int k = 0; k < HALVINGS; k++, length /= 2) {
      Matrix x = here.x().plus(length, direction.x());
      Matrix slacks = here.slacks().plus(length, direction.slacks());
      Optional<InteriorState> there = evaluate(x).map(f -> new InteriorState(x, slacks, f));
      if (there.isPresent() && there.get().merit() <= 2 * here.merit()) {
        return there;
      }
    }
    return Optional.empty();
  }

  private Optional<InteriorSystem> linearised(InteriorState here) {
    try (var jacobian = problem.jacobian(here.x())) {
      Matrix dense = jacobian.apply(Matrix.identity(here.x().rows()));
      return dense.isFinite() ? Optional.of(InteriorSystem.of(dense, here)) : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private Optional<Matrix> evaluate(Matrix x) {
    if (!x.isFinite()) {
      return Optional.empty();
    }
    try {
      Matrix f = problem.evaluate(x).residual();
      return f.isFinite() ? Optional.of(f) : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
