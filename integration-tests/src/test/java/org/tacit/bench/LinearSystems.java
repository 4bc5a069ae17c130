package org.tacit.bench;

import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;

/** Systems of a few hundred unknowns, one for each structure. */
final class LinearSystems {
  private static final int GRID = 20;

  private LinearSystems() {}

  /** The five-point Laplacian on a square of {@value #GRID} by {@value #GRID} points. */
  static DenseOperator laplacian() {
    return new DenseOperator(fivePoint(0), Structure.POSITIVE_DEFINITE);
  }

  /** Upwind convection and diffusion on the same grid: not symmetric. */
  static DenseOperator convection() {
    return new DenseOperator(fivePoint(1.5), Structure.GENERAL);
  }

  /** (L G'; G 0) with the Laplacian L and 50 random constraints. */
  static DenseOperator saddlePoint() {
    Matrix h = fivePoint(0);
    int unknowns = h.rows();
    int constraints = 50;
    int n = unknowns + constraints;
    double[] elements = new double[n * n];
    for (int i = 0; i < h.size(); i++) {
      elements[i / unknowns * n + i % unknowns] = h.at(i);
    }
    Random random = new Random(7);
    for (int k = 0; k < constraints; k++) {
      for (int j = 0; j < unknowns; j++) {
        double g = random.nextGaussian() / GRID;
        elements[(unknowns + k) * n + j] = g;
        elements[j * n + unknowns + k] = g;
      }
    }
    return new DenseOperator(Matrix.adopting(n, n, elements), Structure.SYMMETRIC);
  }

  private static Matrix fivePoint(double wind) {
    int n = GRID * GRID;
    double[] elements = new double[n * n];
    for (int i = 0; i < n; i++) {
      elements[i * n + i] = 4 + 2 * wind;
      for (int[] step : new int[][] {{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
        int row = i / GRID + step[0];
        int col = i % GRID + step[1];
        boolean isUpwind = step[0] + step[1] < 0;
        if (row >= 0 && row < GRID && col >= 0 && col < GRID) {
          elements[i * n + row * GRID + col] = -1 - (isUpwind ? wind : 0);
        }
      }
    }
    return Matrix.adopting(n, n, elements);
  }
}
