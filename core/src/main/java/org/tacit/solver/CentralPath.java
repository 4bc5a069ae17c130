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
  private static final double CENTRED = 0.1;
  private static final double DECREASE = 1e-3;
  private static final int HALVINGS = 40;
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
    if (inequalities == 0 && first <= bound) {
      return solution(method, start, Outcome.CONVERGED, 0, first, first == 0 ? 0 : 1);
    }
    Optional<InteriorState> interior = interior(start);
    if (interior.isEmpty()) {
      return solution(method, start, Outcome.NOT_FINITE, 0, first, 1);
    }
    if (first <= bound && isFeasible(start, interior.get(), bound)) {
      return solution(method, start, Outcome.CONVERGED, 0, first, first == 0 ? 0 : 1);
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

  /** Whether lam >= 0 at the start and G <= 0, which depends on z only. */
  private boolean isFeasible(Matrix start, InteriorState interior, double bound) {
    boolean isDualFeasible = true;
    for (double lam : interior.last(start).toArray()) {
      isDualFeasible &= lam >= 0;
    }
    return isDualFeasible && interior.largestG() <= bound;
  }

  /**
   * The corrected step where it reduces the residual; else the longest of its halvings towards a
   * point of the central path that does. Empty where none does.
   */
  private Optional<InteriorState> step(InteriorState here) {
    Optional<InteriorSystem> system = linearised(here);
    if (system.isEmpty()) {
      return Optional.empty();
    }
    InteriorState.Direction predictor = system.get().direction(here, here.products());
    double reach = Math.min(1, here.largestStep(predictor));
    double mu = here.mu();
    double ratio = mu == 0 ? 0 : here.muAfter(predictor, reach) / mu;
    double target = ratio * ratio * ratio * mu;
    Matrix second = predictor.multipliers().with(predictor.slacks(), (a, b) -> a * b - target);
    InteriorState.Direction corrected = system.get().direction(here, here.products().plus(second));
    return search(here, corrected, 0, 1).or(() -> towards(CENTRED * mu, here, system.get()));
  }

  private Optional<InteriorState> towards(
      double target, InteriorState here, InteriorSystem system) {
    Matrix products = here.products().map(product -> product - target);
    return search(here, system.direction(here, products), target, HALVINGS);
  }

  /** The first of so many halvings that reduces the residual of lam o s = target. */
  private Optional<InteriorState> search(
      InteriorState here, InteriorState.Direction along, double target, int trials) {
    double length = Math.min(1, TO_THE_BOUNDARY * here.largestStep(along));
    double merit = here.merit(target);
    for (int k = 0; k < trials; k++, length /= 2) {
      Matrix x = here.x().plus(length, along.x());
      Matrix slacks = here.slacks().plus(length, along.slacks());
      Optional<InteriorState> there = evaluate(x).map(f -> new InteriorState(x, slacks, f));
      double enough = (1 - DECREASE * length) * merit;
      if (there.isPresent() && there.get().merit(target) <= enough) {
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
      Problem.Evaluated evaluated = problem.evaluate(x);
      Matrix f = evaluated.residual();
      boolean isFinite = f.isFinite() && Double.isFinite(evaluated.value().orElse(0));
      return isFinite ? Optional.of(f) : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
