package org.tacit.bilevel;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.matrix.Matrix;

/**
 * Projected gradient steps clip(theta - s g) whose s is the Barzilai-Borwein length &lt;dtheta,
 * dtheta&gt; / &lt;dtheta, dg&gt; of the last step, kept within a factor ten of it. Source: Birgin,
 * Martinez, Raydan, SIAM J. Optim. 10 (2000).
 */
record AdaptiveStep() implements StepRule {
  private static final String STEP = "step";

  @Override
  public String name() {
    return "adaptive gradient";
  }

  @Override
  public Set<String> remembers() {
    return Set.of(STEP);
  }

  @Override
  public Map<String, Matrix> begin(OuterState.Point here, OuterFunction.Trial open) {
    return remembered(1 / Math.max(Double.MIN_NORMAL, here.gradient().maxAbs()));
  }

  private static Map<String, Matrix> remembered(double step) {
    return Map.of(STEP, Matrix.scalar(step));
  }

  private static double step(OuterState.Point here, Map<String, Matrix> memory) {
    return Math.min(memory.get(STEP).value(), LONGEST / here.gradient().maxAbs());
  }

  @Override
  public Target target(OuterState.Point here, Map<String, Matrix> memory, Bounds bounds) {
    Matrix theta = bounds.clip(here.theta().plus(-step(here, memory), here.gradient()));
    double predicted = here.gradient().dot(here.theta().minus(theta));
    return new Target(theta, predicted, Optional.empty());
  }

  @Override
  public Map<String, Matrix> refused(
      OuterState.Point here, Map<String, Matrix> memory, Target target) {
    return remembered(step(here, memory) / 4);
  }

  @Override
  public Map<String, Matrix> arrived(Step taken, Map<String, Matrix> memory) {
    double step = step(taken.from(), memory);
    Matrix moved = taken.moved();
    double curvature = moved.dot(taken.bent());
    double length = curvature > 0 ? moved.dot(moved) / curvature : 10 * step;
    return remembered(Math.max(step / 10, Math.min(10 * step, length)));
  }

  @Override
  public double length(Map<String, Matrix> memory) {
    return memory.get(STEP).value();
  }
}
