package org.tacit.solver;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;

/**
 * What a listener is told of one iteration.
 *
 * @param iteration its number, from 1
 * @param passes evaluations and products so far
 * @param x where the method stands
 * @param residual F(x)
 * @param value the objective at x, where there is one
 */
public record Iteration(
    int iteration, int passes, Matrix x, Matrix residual, OptionalDouble value) {
  /** |F(x)|. */
  public double residualNorm() {
    return residual.norm();
  }
}
