package org.tacit.bilevel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;

/**
 * Trust-region Newton steps: the minimiser of
 *
 * <pre>
 *   g'p + 1/2 p'|H|p    subject to    |p_j| &lt;= radius,  low &lt;= theta + p &lt;= high
 * </pre>
 *
 * where H is the implicit Hessian ({@link OuterHessian}) and |H| has the absolute values of its
 * eigenvalues, so that a step leaves a saddle. The inner solve starts at the predictor x + J p.
 * Where H is not finite, a multiple of the identity stands for it. Source: Conn, Gould and Toint,
 * Trust-Region Methods, 2000, chapter 7 (boxes); Dauphin et al., arXiv 1406.2572 (|H|).
 */
record NewtonStep() implements StepRule {
  private static final double FIRST_RADIUS = 0.5;

  /** Longer steps of logarithms end where exp(theta) is all but zero, and nothing leads back. */
  private static final double LARGEST_RADIUS = 1.5;

  private static final double POOR = 0.25;
  private static final double GOOD = 0.75;
  private static final double LEAST = 1e-10;

  /** Of the gradient: less curvature stops no step, and no number becomes infinite by it. */
  private static final double FLATTEST = 1e-20;

  private static final String CURVATURE = "|H|";
  private static final String JACOBIAN = "J";
  private static final String RADIUS = "radius";

  @Override
  public String name() {
    return "trust-region Newton";
  }

  @Override
  public Set<String> remembers() {
    return Set.of(CURVATURE, RADIUS);
  }

  @Override
  public Map<String, Matrix> begin(OuterState.Point here, OuterFunction.Trial open) {
    return remembered(here, open, FIRST_RADIUS);
  }

  private static Map<String, Matrix> remembered(
      OuterState.Point here, OuterFunction.Trial open, double radius) {
    Map<String, Matrix> memory = new HashMap<>();
    memory.put(RADIUS, Matrix.scalar(radius));
    Optional<OuterHessian.Value> second = open.hessian(here);
    memory.put(
        CURVATURE,
        second
            .map(value -> absolute(value.hessian(), FLATTEST * here.gradient().maxAbs()))
            .orElseGet(() -> Matrix.identity(here.theta().rows()).times(here.gradient().maxAbs())));
    second.ifPresent(value -> memory.put(JACOBIAN, value.jacobian()));
    return Map.copyOf(memory);
  }

  /** Of a symmetric H = U S V': V S V', its eigenvalues no less than a number. */
  private static Matrix absolute(Matrix hessian, double flattest) {
    SingularValues svd = SingularValues.of(hessian);
    double relative = LEAST * Math.max(Double.MIN_NORMAL, svd.values().maxAbs());
    double least = Math.max(flattest, relative);
    Matrix root = svd.values().map(s -> Math.sqrt(Math.max(s, least)));
    Matrix u = svd.left().transpose();
    Matrix scaled = Matrix.tabulate(u.rows(), u.cols(), (i, j) -> u.at(i, j) * root.at(i));
    return scaled.transpose().times(scaled);
  }

  @Override
  public Target target(OuterState.Point here, Map<String, Matrix> memory, Bounds bounds) {
    double radius = length(memory);
    Bounds each = bounds.each(here.theta().rows());
    Matrix low = each.low().minus(here.theta()).map(b -> Math.max(b, -radius));
    Matrix high = each.high().minus(here.theta()).map(b -> Math.min(b, radius));
    BoxQuadratic model = new BoxQuadratic(memory.get(CURVATURE), here.gradient(), low, high);
    Matrix p = model.minimiser();
    Optional<Matrix> predictor =
        Optional.ofNullable(memory.get(JACOBIAN)).map(j -> here.x().plus(j.times(p)));
    return new Target(bounds.clip(here.theta().plus(p)), -model.value(p), predictor);
  }

  @Override
  public Map<String, Matrix> refused(
      OuterState.Point here, Map<String, Matrix> memory, Target target) {
    double moved = target.theta().minus(here.theta()).maxAbs();
    return StepRule.with(memory, RADIUS, moved / 4);
  }

  @Override
  public Map<String, Matrix> arrived(Step step, Map<String, Matrix> memory) {
    double radius = length(memory);
    double moved = step.moved().maxAbs();
    double ratio = (step.from().value() - step.to().value()) / step.target().predicted();
    return remembered(step.to(), step.open(), radius(ratio, radius, moved));
  }

  private static double radius(double ratio, double radius, double moved) {
    if (ratio < POOR) {
      return moved / 4;
    }
    return ratio > GOOD ? Math.min(LARGEST_RADIUS, Math.max(radius, 2 * moved)) : radius;
  }

  @Override
  public double length(Map<String, Matrix> memory) {
    return memory.get(RADIUS).value();
  }
}
