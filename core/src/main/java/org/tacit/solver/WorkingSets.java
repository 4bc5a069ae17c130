package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalMap;
import org.tacit.pass.NotANumberException;

/**
 * The minimiser of the second-order model of f, plus a g that acts on each unknown by itself, where
 * most of the unknowns will stay where they are, such as the zeros of a lasso. Only the Hessian's
 * columns of a working set are built, by one product. They tell the model's gradient everywhere, so
 * that the optimality of all other unknowns is checked without a pass; those that violate it join
 * the set, a product for their columns, until what is left is small beside the residual that the
 * step began with.
 *
 * <p>Source: Massias, Gramfort and Salmon, Celer: a fast solver for the lasso with dual
 * extrapolation, 2018; Johnson and Guestrin, Blitz, 2015.
 */
final class WorkingSets implements SecondOrderSteps.Target {
  private static final int FIRST = 100;
  private static final int ROUNDS = 40;

  /** Of the residual at the beginning; what the model itself is off by is more. */
  private static final double ENOUGH = 1e-4;

  /** Numbers of the columns on the driver: 256 MB. */
  private static final int NUMBERS = 1 << 25;

  private final Minimiser minimiser;
  private Optional<WorkingSet> last = Optional.empty();
  private Optional<AbsolutePenalty> penalty = Optional.empty();
  private boolean isUsable = true;

  /** Solves the models on working sets by this method. */
  WorkingSets(Minimiser minimiser) {
    this.minimiser = minimiser;
  }

  /** A method for models on working sets. */
  interface Minimiser {
    /** A better point of the model than {@code start}. */
    Matrix minimise(QuadraticModel model, Matrix start, Iterates of);
  }

  /** Until g coupled unknowns, or a set was too large. */
  @Override
  public boolean isUsable() {
    return isUsable;
  }

  @Override
  public Optional<QuadraticModel.Aim> of(
      CompositeProblem problem, Problem.Point here, Iterates of, double damping) {
    Optional<QuadraticModel.Aim> found = found(problem, here, of, damping);
    isUsable = found.isPresent();
    return found;
  }

  private Optional<QuadraticModel.Aim> found(
      CompositeProblem problem, Problem.Point here, Iterates of, double damping) {
    Optional<Matrix> slopes = CompositeProblem.slopes(problem, here);
    if (slopes.isEmpty()) {
      return Optional.empty();
    }
    penalty = penalty.or(() -> AbsolutePenalty.known(problem));
    WorkingSet set = first(here, slopes.get());
    if (!fits(problem, set)) {
      return Optional.empty();
    }
    try (ClosableOperator hessian = problem.hessian(here.x())) {
      return minimised(new Step(problem, here, of, damping), hessian, set);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private static boolean fits(CompositeProblem problem, WorkingSet set) {
    return set.size() > 0
        && (long) problem.size() * set.size() <= NUMBERS
        && problem.cost().restrictedTo(set.size()).isHeld();
  }

  /** Those in use that move, and those that are furthest from optimal. */
  private WorkingSet first(Problem.Point here, Matrix slopes) {
    int n = slopes.rows();
    Matrix used =
        last.map(set -> set.with(Matrix.zeros(n, 1), Matrix.filled(set.size(), 1, 1)))
            .orElse(here.x());
    WorkingSet inUse = WorkingSet.of(n, i -> used.at(i) != 0 && slopes.at(i) != 0);
    return inUse.with(
        here.residual().map(Math::abs),
        Math.max(FIRST - inUse.size(), FIRST / 2 + inUse.size() / 2));
  }

  private record Step(CompositeProblem problem, Problem.Point here, Iterates of, double damping) {}

  private Optional<QuadraticModel.Aim> minimised(
      Step step, ClosableOperator hessian, WorkingSet first) {
    CompositeProblem problem = step.problem;
    Problem.Point here = step.here;
    WorkingSet set = first;
    Matrix columns = hessian.apply(set.units(0));
    Matrix x = here.x();
    Matrix slope = Matrix.zeros(x.rows(), 1);
    double enough = Math.max(0.3 * step.of.bound(), ENOUGH * here.residual().norm());
    for (int round = 0; round < ROUNDS; round++) {
      if (!columns.isFinite()) {
        return Optional.empty();
      }
      QuadraticModel model =
          new QuadraticModel(on(set, problem, here), restricted(here, set), set.restrict(columns))
              .damped(step.damping);
      QuadraticModel.Aim aim = model.aim(minimiser.minimise(model, set.restrict(x), step.of));
      x = set.with(here.x(), aim.x());
      slope = set.with(Matrix.zeros(x.rows(), 1), aim.slope());
      Matrix gradient = here.gradient().plus(columns.times(aim.x().minus(set.restrict(here.x()))));
      Matrix residual = problem.prox(x.plus(-here.step(), gradient), here.step()).minus(x);
      Matrix outside = set.with(residual, Matrix.zeros(set.size(), 1));
      WorkingSet wider = set.with(outside.map(Math::abs), FIRST / 2 + set.size() / 2);
      if (outside.norm() <= enough || !fits(problem, wider)) {
        break;
      }
      columns = Matrix.beside(List.of(columns, hessian.apply(wider.units(set.size()))));
      set = wider;
    }
    last = Optional.of(set);
    return Optional.of(new QuadraticModel.Aim(x, slope));
  }

  /** In closed form for a lasso or an elastic net. */
  private ProximalMap on(WorkingSet set, CompositeProblem problem, Problem.Point here) {
    return on(set, problem, here, penalty);
  }

  /** The same of a penalty that is known, or not. */
  static ProximalMap on(
      WorkingSet set,
      CompositeProblem problem,
      Problem.Point here,
      Optional<AbsolutePenalty> penalty) {
    return penalty
        .<ProximalMap>map(
            known -> new AbsolutePenalty.SoftThresholding(known.on(set), problem.curvature()))
        .orElseGet(() -> new OnWorkingSet(problem, set, here.x()));
  }

  /** What is known of the members at a point. */
  static Problem.Point restricted(Problem.Point here, WorkingSet set) {
    return new Problem.Point(
        set.restrict(here.x()),
        here.smooth(),
        set.restrict(here.gradient()),
        set.restrict(here.residual()),
        here.step());
  }

  /**
   * A proximal map that acts on each unknown by itself, on those of a set, the others staying at
   * {@code rest}.
   */
  private record OnWorkingSet(ProximalMap whole, WorkingSet set, Matrix rest)
      implements ProximalMap {
    @Override
    public int size() {
      return set.size();
    }

    @Override
    public Matrix prox(Matrix point, double step) {
      return set.restrict(whole.prox(set.with(rest, point), step));
    }

    @Override
    public Matrix proxAlong(Matrix point, double step, Matrix directions) {
      Matrix none = Matrix.zeros(rest.rows(), directions.cols());
      return set.restrict(whole.proxAlong(set.with(rest, point), step, set.with(none, directions)));
    }

    @Override
    public List<Integer> blocks() {
      return Collections.nCopies(set.size(), 1);
    }

    @Override
    public Structure curvature() {
      return whole.curvature();
    }
  }
}
