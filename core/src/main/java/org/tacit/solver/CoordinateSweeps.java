package org.tacit.solver;

import org.tacit.matrix.Matrix;

/**
 * Cyclic coordinate descent on a quadratic model plus an {@link AbsolutePenalty}, until no unknown
 * moves by more than a small part of the largest: soon at the signs of the minimiser, where {@link
 * SignSearch} begins. An unknown that does not move costs nothing; one that does, n operations.
 * Source: Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
 * coordinate descent, 2010, section 2.2.
 */
final class CoordinateSweeps {
  private static final int SWEEPS = 200;
  private static final double ENOUGH = 1e-5;

  private CoordinateSweeps() {}

  /** A point of the model no higher than the start. */
  static Matrix descended(QuadraticModel model, AbsolutePenalty penalty, Matrix start) {
    int n = model.size();
    double[][] h = new double[n][];
    for (int j = 0; j < n; j++) {
      h[j] = model.hessian().columnAt(j).toArray();
    }
    double[] x = start.toArray();
    double[] gradient = model.at(start).gradient().toArray();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double most = 0;
      double largest = 0;
      for (int j = 0; j < n; j++) {
        double before = x[j];
        double curvature = h[j][j];
        if (curvature > 0) {
          x[j] = penalty.proximal(j, before - gradient[j] / curvature, 1 / curvature);
        }
        double moved = x[j] - before;
        if (moved != 0) {
          double[] column = h[j];
          for (int i = 0; i < n; i++) {
            gradient[i] += moved * column[i];
          }
        }
        most = Math.max(most, Math.abs(moved));
        largest = Math.max(largest, Math.abs(x[j]));
      }
      if (most <= ENOUGH * largest) {
        break;
      }
    }
    return Matrix.column(x);
  }
}
