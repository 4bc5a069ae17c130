package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.ProximalMap;

/**
 * A composite problem whose smooth part is its second-order model at a point z, f(z) + g'(x - z) +
 * 1/2 (x - z)'H(x - z) with H dense on the driver. No passes.
 */
record QuadraticModel(ProximalMap problem, Point centre, Matrix hessian)
    implements CompositeProblem {
  @Override
  public int size() {
    return problem.size();
  }

  /** The model plus damping |x - z|^2 / 2. */
  QuadraticModel damped(double damping) {
    return damping == 0
        ? this
        : new QuadraticModel(
            problem, centre, hessian.plus(damping, Matrix.identity(hessian.rows())));
  }

  @Override
  public boolean knows(Matrix x) {
    return true;
  }

  @Override
  public Point at(Matrix x) {
    Matrix moved = x.minus(centre.x());
    Matrix curved = hessian.times(moved);
    Matrix gradient = centre.gradient().plus(curved);
    double smooth = centre.smooth() + centre.gradient().dot(moved) + 0.5 * moved.dot(curved);
    double step = centre.step();
    Matrix residual = problem.prox(x.plus(-step, gradient), step).minus(x);
    return new Point(x, smooth, gradient, residual, step);
  }

  /**
   * A point z + d and an s in the subdifferential of g there.
   *
   * @param x the point
   * @param slope s
   */
  record Aim(Matrix x, Matrix slope) {}

  /** A proximal step from z, short enough to reduce the model: p, and (z - p) / step - grad. */
  Aim aim(Matrix z) {
    Point there = at(z);
    double step = Math.min(there.step(), 1 / largestRow());
    Matrix p = problem.prox(z.plus(-step, there.gradient()), step);
    return new Aim(p, z.minus(p).times(1 / step).minus(there.gradient()));
  }

  /** A bound on the largest eigenvalue of H. */
  private double largestRow() {
    return hessian.map(Math::abs).times(Matrix.filled(size(), 1, 1)).maxAbs();
  }

  @Override
  public Cost cost() {
    return Cost.ofMatrix(size());
  }

  @Override
  public ClosableOperator hessian(Matrix x) {
    return new DenseOperator(hessian, Structure.SYMMETRIC);
  }

  @Override
  public Matrix prox(Matrix point, double step) {
    return problem.prox(point, step);
  }

  @Override
  public Matrix proxAlong(Matrix point, double step, Matrix directions) {
    return problem.proxAlong(point, step, directions);
  }

  @Override
  public List<Integer> blocks() {
    return problem.blocks();
  }

  @Override
  public Structure curvature() {
    return problem.curvature();
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    Point here = at(x);
    Optional<Matrix> slopes = CompositeProblem.slopes(this, here);
    if (slopes.isPresent()) {
      return ProximalOperator.of(slopes.get(), hessian(x), here.step(), curvature());
    }
    Matrix identity = Matrix.identity(size());
    Matrix point = x.plus(-here.step(), here.gradient());
    Matrix moved = proxAlong(point, here.step(), identity.plus(-here.step(), hessian));
    return new DenseOperator(moved.minus(identity), Structure.GENERAL);
  }
}
