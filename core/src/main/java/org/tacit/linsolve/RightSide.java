package org.tacit.linsolve;

import org.tacit.matrix.Matrix;

/**
 * One right-hand side on its way through an iterative method: it says which product it wants next,
 * and takes it. So the products of many can be made at once ({@link Lockstep}).
 */
interface RightSide {
  /** Which product is wanted. */
  enum Wants {
    NOTHING,
    PRODUCT,
    TRANSPOSED_PRODUCT
  }

  Wants wants();

  /** The vector to multiply, n x 1. */
  Matrix wanted();

  /** Takes the wanted product. */
  void advance(double[] product);

  Matrix solution();

  Outcome outcome();

  double residualNorm();

  double relativeResidual();

  /** An estimate of the smallest absolute eigenvalue or singular value; infinite without one. */
  double smallestValue();
}
