package org.tacit.experiment;

import org.tacit.matrix.Matrix;
import org.tacit.solver.StochasticStep;

/** Steps of {@link StochasticStep.Adam} by gradients at hand, of one point that moves. */
final class Adam {
  private final double rate;
  private final StochasticStep.Memory memory;

  Adam(double rate, Matrix start) {
    this.rate = rate;
    this.memory = StochasticStep.Memory.of(start);
  }

  /**
   * The next point after {@code x}, where the gradient is g, by a step {@code scale} times as long.
   */
  Matrix next(Matrix x, Matrix g, double scale) {
    return StochasticStep.Adam.of(rate * scale).next(x, g, memory);
  }
}
