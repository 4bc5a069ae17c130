package org.tacit.experiment;

import org.tacit.matrix.Matrix;

/**
 * Steps by running means of gradients and of their squares, of one point that moves. Source: Kingma
 * and Ba 2015, algorithm 1, with the published betas and epsilon.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private Matrix first;
  private Matrix second;
  private int steps;

  Adam(double rate, Matrix start) {
    this.rate = rate;
    this.first = Matrix.zeros(start.rows(), start.cols());
    this.second = first;
  }

  /**
   * The next point after {@code x}, where the gradient is g, by a step {@code scale} times as long.
   */
  Matrix next(Matrix x, Matrix g, double scale) {
    steps++;
    first = first.times(BETA1).plus(1 - BETA1, g);
    second = second.times(BETA2).plus(1 - BETA2, g.map(v -> v * v));
    double unbias1 = 1 - Math.pow(BETA1, steps);
    double unbias2 = 1 - Math.pow(BETA2, steps);
    return x.plus(
        -rate * scale,
        first.with(second, (m, v) -> m / unbias1 / (Math.sqrt(v / unbias2) + EPSILON)));
  }
}
