package org.tacit.solver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.ProximalMap;

/**
 * A composite problem whose smooth part is its second-order model at a point z, as a {@link
 * QuadraticModel} is, H being known by its products. A g that acts on each unknown by itself. A
 * product a point, none where it is known.
 */
final class ProductModel implements CompositeProblem {
  private static final int KNOWN = 3;

  private final ProximalMap map;
  private final Point centre;
  private final LinearOperator h;
  private final double damping;
  private final Deque<Point> known = new ArrayDeque<>();

  /** The model plus damping |x - z|^2 / 2. */
  ProductModel(ProximalMap map, Point centre, LinearOperator h, double damping) {
    this.map = map;
    this.centre = centre;
    this.h = h;
    this.damping = damping;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean knows(Matrix x) {
    return true;
  }

  @Override
  public Point at(Matrix x) {
    Optional<Point> before = known.stream().filter(point -> point.x().equals(x)).findFirst();
    if (before.isPresent()) {
      return before.get();
    }
    Matrix moved = x.minus(centre.x());
    Matrix curved = h.apply(moved).plus(damping, moved);
    Matrix gradient = centre.gradient().plus(curved);
    double smooth = centre.smooth() + centre.gradient().dot(moved) + 0.5 * moved.dot(curved);
    double step = centre.step();
    Matrix residual = map.prox(x.plus(-step, gradient), step).minus(x);
    Point there = new Point(x, smooth, gradient, residual, step);
    known.addFirst(there);
    if (known.size() > KNOWN) {
      known.removeLast();
    }
    return there;
  }

  /** A proximal step from z: p, and (z - p) / step - grad. */
  QuadraticModel.Aim aim(Matrix z) {
    Point there = at(z);
    double step = 1 / (1 / there.step() + damping);
    Matrix p = map.prox(z.plus(-step, there.gradient()), step);
    return new QuadraticModel.Aim(p, z.minus(p).times(1 / step).minus(there.gradient()));
  }

  @Override
  public Cost cost() {
    return h.cost();
  }

  @Override
  public ClosableOperator hessian(Matrix x) {
    return new Damped(h, damping);
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    Point here = at(x);
    Matrix slopes = CompositeProblem.slopes(this, here).orElseThrow();
    return ProximalOperator.of(slopes, hessian(x), here.step(), curvature());
  }

  @Override
  public Matrix prox(Matrix point, double step) {
    return map.prox(point, step);
  }

  @Override
  public Matrix proxAlong(Matrix point, double step, Matrix directions) {
    return map.proxAlong(point, step, directions);
  }

  @Override
  public List<Integer> blocks() {
    return map.blocks();
  }

  @Override
  public Structure curvature() {
    return map.curvature();
  }

  /** H + damping I; the model owns nothing that is to be closed. */
  private record Damped(LinearOperator operator, double damping) implements ClosableOperator {
    @Override
    public int rows() {
      return operator.rows();
    }

    @Override
    public Matrix apply(Matrix x) {
      return damping == 0 ? operator.apply(x) : operator.apply(x).plus(damping, x);
    }

    @Override
    public Optional<Matrix> diagonal() {
      return operator.diagonal().map(d -> d.map(v -> v + damping));
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Cost cost() {
      return operator.cost();
    }

    @Override
    public Structure structure() {
      return Structure.SYMMETRIC;
    }

    @Override
    public boolean isHeld() {
      return true;
    }

    @Override
    public void close() {}
  }
}
