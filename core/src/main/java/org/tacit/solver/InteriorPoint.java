package org.tacit.solver;

import java.util.Arrays;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link ConstrainedMinimiser#interiorPoint}. */
record InteriorPoint() implements Solver {
  private static final int SPLITTINGS = 20_000;

  @Override
  public String name() {
    return "interior point";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    int inequalities =
        problem.as(Problem.Constraints.class).map(Problem.Constraints::inequalities).orElse(0);
    Iterates iterates = new Iterates(problem, start, stopping);
    Outcome end = new CentralPath(problem, iterates, inequalities).follow();
    Optional<Solution> proof =
        iterates.goesOn() ? proof(problem, iterates, stopping) : Optional.empty();
    return proof.orElseGet(
        () -> {
          iterates.backToBest();
          return iterates.solution(name(), end);
        });
  }

  /**
   * Why a path that ended nowhere did, where the problem is a quadratic program without a solution.
   */
  private Optional<Solution> proof(Problem problem, Iterates iterates, Stopping stopping) {
    if (problem.as(Problem.Constraints.class).filter(all -> all.inequalities() > 0).isEmpty()) {
      return Optional.empty();
    }
    Stopping splitting =
        new Stopping(stopping.relativeTolerance(), stopping.absoluteTolerance(), SPLITTINGS)
            .withCancellation(() -> !iterates.isOpen());
    Problem metered = new Metered.Whole(problem, iterates);
    Solution other = new OperatorSplitting().solve(metered, iterates.x(), splitting);
    return switch (other.outcome()) {
      case INFEASIBLE, UNBOUNDED ->
          iterates
              .evaluate(other.value())
              .map(at -> iterates.proved(name(), other.outcome(), other.value(), at));
      default -> Optional.empty();
    };
  }

  /** The iterates of one solve by {@link InteriorPoint}. */
  private record CentralPath(Problem problem, Iterates iterates, int inequalities) {
    private static final double TO_THE_BOUNDARY = 0.995;
    private static final double CENTRED = 0.1;
    private static final double DECREASE = 1e-3;
    private static final int HALVINGS = 40;
    private static final int PATIENCE = 30;

    /** Steps until none helps; says why there are no more. */
    Outcome follow() {
      if (!iterates.isStartFinite()) {
        return Outcome.NOT_FINITE;
      }
      Matrix start = iterates.x();
      iterates.judge(inequalities == 0 ? iterates.norm() : Double.POSITIVE_INFINITY);
      Optional<InteriorState> interior = interior(start);
      if (interior.isEmpty()) {
        return Outcome.NOT_FINITE;
      }
      iterates.judge(violation(start, interior.get()));
      Optional<InteriorState> here = interior;
      double least = interior.get().violation();
      int fruitless = 0;
      while (here.isPresent() && iterates.goesOn() && fruitless < PATIENCE) {
        here = step(here.get());
        double violation = here.map(InteriorState::violation).orElse(Double.POSITIVE_INFINITY);
        here.ifPresentOrElse(
            next -> iterates.moveTo(next.x(), next.evaluated(), violation), iterates::stay);
        fruitless = violation < least ? 0 : fruitless + 1;
        least = Math.min(least, violation);
      }
      return Outcome.STALLED;
    }

    /** The start with multipliers and slacks of at least 1. */
    private Optional<InteriorState> interior(Matrix start) {
      int from = start.rows() - inequalities;
      Matrix inside =
          Matrix.column(start.rows(), i -> i < from ? start.at(i) : Math.max(1, start.at(i)));
      Optional<Problem.Evaluated> there =
          inside.equals(start) ? Optional.of(iterates.here()) : iterates.evaluate(inside);
      return there.map(
          at -> InteriorState.withSlacks(inside, at, inequalities, g -> Math.max(1, -g)));
    }

    /** How far the start is from a solution: its G is that of the point inside, of the same z. */
    private double violation(Matrix start, InteriorState interior) {
      boolean isOutside = Arrays.stream(interior.last(start).toArray()).anyMatch(lam -> lam < 0);
      return Math.max(isOutside ? Double.POSITIVE_INFINITY : iterates.norm(), interior.largestG());
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
      InteriorState.Direction corrected =
          system.get().direction(here, here.products().plus(second));
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
        Optional<InteriorState> there =
            iterates.evaluate(x).map(at -> new InteriorState(x, slacks, at));
        double enough = (1 - DECREASE * length) * merit;
        if (there.isPresent() && there.get().merit(target) <= enough) {
          return there;
        }
      }
      return Optional.empty();
    }

    private Optional<InteriorSystem> linearised(InteriorState here) {
      try (var jacobian = iterates.metered(() -> problem.jacobian(here.x()))) {
        Matrix dense = DenseOperator.of(jacobian).matrix();
        return dense.isFinite() ? Optional.of(InteriorSystem.of(dense, here)) : Optional.empty();
      } catch (NotANumberException noStep) {
        return Optional.empty();
      }
    }

    /** The factorised linear system of one iteration of {@link InteriorPoint}. */
    private record InteriorSystem(Factorisation factorisation) {
      /**
       * From the Jacobian of F at a point: its last rows, lam_i times the gradient of G_i, become
       * that gradient, which its last columns hold, and their diagonal -s_i / lam_i.
       */
      static InteriorSystem of(Matrix jacobian, InteriorState at) {
        int n = jacobian.rows();
        int free = at.free();
        Matrix diagonal = Matrix.column(n - free, i -> -at.slacks().at(i) / at.x().at(free + i));
        Matrix matrix =
            Matrix.tabulate(
                n,
                n,
                (i, j) ->
                    i < free
                        ? jacobian.at(i, j)
                        : j < free ? jacobian.at(j, i) : i == j ? diagonal.at(i - free) : 0);
        Factorisation lu = Factorisation.scaledLu(matrix);
        boolean isRegular = lu.reciprocalCondition() > 0;
        return new InteriorSystem(isRegular ? lu : SingularValues.of(matrix));
      }

      /** The direction that takes lam o s to lam o s - {@code products}, to first order. */
      InteriorState.Direction direction(InteriorState at, Matrix products) {
        Matrix lam = at.multipliers();
        Matrix share = products.with(lam, (product, multiplier) -> product / multiplier);
        Matrix gap = at.g().plus(at.slacks()).minus(share);
        Matrix free = at.residual().rows(0, at.free());
        Matrix x = factorisation.solve(QuadraticProgram.joined(free, gap)).times(-1);
        Matrix dLam = at.last(x);
        Matrix ratio = at.slacks().with(lam, (s, multiplier) -> s / multiplier);
        Matrix ds = share.plus(ratio.with(dLam, (a, b) -> a * b)).times(-1);
        return new InteriorState.Direction(x, dLam, ds);
      }
    }
  }
}
