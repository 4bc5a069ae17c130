package org.tacit.bilevel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.breeze.QuasiNewton;
import org.tacit.matrix.Matrix;

/**
 * Projected L-BFGS-B steps: towards the minimiser, in the box, of the quadratic model that the last
 * {@value #PAIRS} changes of theta and of the gradient make, from the Cauchy point of the projected
 * path. The first step, and one that would not lead down, is along the gradient. Source: Byrd, Lu,
 * Nocedal and Zhu, A limited memory algorithm for bound constrained optimization, 1995; Breeze's
 * implementation.
 */
record QuasiNewtonStep() implements StepRule {
  private static final int PAIRS = 10;
  private static final double LEAST_CURVATURE = 1e-8;
  private static final String MOVES = "moves";
  private static final String BENDS = "changes of the gradient";
  private static final String LENGTH = "length";

  @Override
  public String name() {
    return "projected L-BFGS-B";
  }

  @Override
  public Set<String> remembers() {
    return Set.of(MOVES, BENDS, LENGTH);
  }

  @Override
  public Map<String, Matrix> begin(OuterState.Point here, OuterFunction.Trial open) {
    Matrix none = Matrix.zeros(here.theta().rows(), 0);
    return remembered(none, none);
  }

  private static Map<String, Matrix> remembered(Matrix moves, Matrix bends) {
    return Map.of(MOVES, moves, BENDS, bends, LENGTH, Matrix.scalar(1));
  }

  @Override
  public Target target(OuterState.Point here, Map<String, Matrix> memory, Bounds bounds) {
    Matrix direction = direction(here, memory, bounds);
    double longest = Math.min(1, LONGEST / direction.maxAbs());
    Matrix theta = bounds.clip(here.theta().plus(length(memory) * longest, direction));
    double predicted = here.gradient().dot(here.theta().minus(theta));
    return new Target(theta, predicted, Optional.empty());
  }

  private static Matrix direction(
      OuterState.Point here, Map<String, Matrix> memory, Bounds bounds) {
    Matrix g = here.gradient();
    Matrix downhill = g.times(-1 / Math.max(Double.MIN_NORMAL, g.maxAbs()));
    if (memory.get(MOVES).cols() == 0) {
      return downhill;
    }
    Bounds each = bounds.each(here.theta().rows());
    return new QuasiNewton.BoundedDirection(each.low(), each.high(), PAIRS)
        .of(here.theta(), g, memory.get(MOVES), memory.get(BENDS))
        .filter(d -> d.isFinite() && d.dot(g) < 0)
        .orElse(downhill);
  }

  @Override
  public Map<String, Matrix> refused(
      OuterState.Point here, Map<String, Matrix> memory, Target target) {
    return StepRule.with(memory, LENGTH, length(memory) / 4);
  }

  @Override
  public Map<String, Matrix> arrived(Step step, Map<String, Matrix> memory) {
    Matrix moved = step.moved();
    Matrix bent = step.bent();
    boolean isCurved = moved.dot(bent) > LEAST_CURVATURE * moved.norm() * bent.norm();
    Matrix moves = memory.get(MOVES);
    Matrix bends = memory.get(BENDS);
    return isCurved
        ? remembered(followedBy(moves, moved), followedBy(bends, bent))
        : remembered(moves, bends);
  }

  /** The newest of them. */
  private static Matrix followedBy(Matrix columns, Matrix newest) {
    Matrix all = columns.cols() == 0 ? newest : Matrix.beside(List.of(columns, newest));
    return all.columns(Math.max(0, all.cols() - PAIRS), all.cols());
  }

  @Override
  public double length(Map<String, Matrix> memory) {
    return memory.get(LENGTH).value();
  }
}
