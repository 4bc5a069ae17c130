package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import org.tacit.matrix.Matrix;

/** One of Breeze's quasi-Newton methods, and what it knows of a problem besides its smooth part. */
interface BreezeMethod {
  /** Steps kept for the Hessian, at least. */
  int LEAST_MEMORY = 10;

  int MOST_MEMORY = 100;

  /** Numbers that the memory's pairs may hold, where that allows more than the least: 128 MB. */
  int NUMBERS = 16_000_000;

  /**
   * As many pairs of vectors as fit: a pass over the rows costs more than products with them, and
   * ill-conditioned problems take half the passes with 100 pairs that they take with 10.
   */
  static int memory(int unknowns) {
    return Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, NUMBERS / (2 * Math.max(1, unknowns))));
  }

  /** The states of the method in these units, the start's first, without an end of its own. */
  scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      iterations(Units units, DiffFunction<DenseVector<Object>> objective, Matrix start);

  /** Minus the gradient of the whole objective in x, or the least of its subgradients. */
  Matrix downhill(Matrix x, Matrix gradient);

  /** Where z lies, in the problem's units. */
  default Matrix point(Units units, Matrix z) {
    return units.x(z);
  }

  /** The nearest point where the problem is defined. */
  default Matrix nearest(Matrix x) {
    return x;
  }

  /** What is added to the smooth objective. */
  default double penalty(Matrix x) {
    return 0;
  }

  /** Whether curvature seen in the past may say nothing of where the method stands. */
  default boolean hasKinks() {
    return false;
  }

  /** The origin of units for a method that starts at x. */
  default Matrix origin(Matrix x) {
    return x;
  }
}
