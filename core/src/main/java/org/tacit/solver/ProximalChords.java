package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalMap;

/** {@link CompositeMinimiser#chords}: where its steps go. One a solve. */
final class ProximalChords implements SecondOrderSteps.Target {
  /** Steps that leave more of the residual are slow ones. */
  private static final double SLOW = 0.6;

  /** Steps that promise less are accepted by the whole gradient alone. */
  private static final double LEVEL = 1e-12;

  private static final int MOST_HESSIANS = 6;

  private Matrix hessian;
  private Optional<Problem.Point> last = Optional.empty();
  private Optional<AbsolutePenalty> penalty = Optional.empty();
  private double before = Double.POSITIVE_INFINITY;
  private boolean isOwn;
  private int taken;

  ProximalChords(Matrix hessian) {
    this.hessian = hessian;
  }

  @Override
  public double level() {
    return LEVEL;
  }

  @Override
  public boolean isUsable() {
    return taken <= MOST_HESSIANS;
  }

  @Override
  public Optional<QuadraticModel.Aim> of(
      CompositeProblem problem, Problem.Point here, Iterates iterates, double damping) {
    boolean isSlow = damping > 0 || iterates.norm() > SLOW * before;
    before = iterates.norm();
    double added = isSlow && !isOwn ? 0 : damping;
    isOwn = isSlow;
    if (isSlow) {
      taken++;
      hessian = problem.wholeHessian(here.x()).matrix();
    } else {
      last.ifPresent(point -> learn(here.x().minus(point.x()), here, point));
    }
    last = Optional.of(here);
    if (!hessian.isFinite()) {
      return Optional.empty();
    }
    penalty = penalty.or(() -> AbsolutePenalty.known(problem));
    QuadraticModel model = new QuadraticModel(map(problem, penalty), here, hessian).damped(added);
    Matrix x =
        penalty
            .map(known -> bySigns(model, known))
            .orElseGet(() -> ProximalNewton.minimiser(model, here.x(), iterates));
    return Optional.of(model.aim(x));
  }

  /** H+ = H - H s s'H / s'H s + y y' / y's. */
  private void learn(Matrix s, Problem.Point here, Problem.Point point) {
    Matrix y = here.gradient().minus(point.gradient());
    Matrix hs = hessian.times(s);
    double is = s.dot(hs);
    double due = s.dot(y);
    double rounding = Math.ulp(1.0) * s.norm();
    if (is > rounding * hs.norm() && due > rounding * y.norm()) {
      hessian =
          Matrix.tabulate(
              s.rows(),
              s.rows(),
              (i, j) -> hessian.at(i, j) + y.at(i) * y.at(j) / due - hs.at(i) * hs.at(j) / is);
    }
  }

  /** In closed form for a lasso or an elastic net. */
  private static ProximalMap map(CompositeProblem problem, Optional<AbsolutePenalty> penalty) {
    return penalty
        .<ProximalMap>map(known -> new AbsolutePenalty.SoftThresholding(known, problem.curvature()))
        .orElse(problem);
  }

  private static Matrix bySigns(QuadraticModel model, AbsolutePenalty penalty) {
    Matrix near = CoordinateSweeps.descended(model, penalty, model.centre().x());
    return SignSearch.minimiser(model, penalty, near.isFinite() ? near : model.centre().x());
  }

  /** The minimiser of the model at a point, where g is known to be a lasso or an elastic net. */
  static Optional<Matrix> minimiser(CompositeProblem problem, Problem.Point here, Matrix hessian) {
    Optional<AbsolutePenalty> penalty = AbsolutePenalty.known(problem);
    return penalty
        .map(known -> bySigns(new QuadraticModel(map(problem, penalty), here, hessian), known))
        .filter(Matrix::isFinite);
  }
}
