package org.tacit.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.solver.StochasticStep;

/** Steps of {@link StochasticStep#adam} by gradients at hand, of one point that moves. */
record Adam(double rate, StochasticStep.Memory memory) {
  Adam(double rate, Matrix start) {
    this(rate, StochasticStep.Memory.of(start));
  }

  /**
   * The next point after {@code x}, where the gradient is g, by a step {@code scale} times as long.
   */
  Matrix next(Matrix x, Matrix g, double scale) {
    return StochasticStep.adam(rate * scale)
        .rule()
        .next(
            points -> Optional.of(List.of(new Problem.Evaluated(OptionalDouble.empty(), g))),
            x,
            memory)
        .orElseThrow();
  }
}
