package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.util.LazyLogger;
import org.slf4j.helpers.NOPLogger;
import org.tacit.matrix.Matrix;

/** One of Breeze's quasi-Newton methods, and what it knows of a problem besides its smooth part. */
interface BreezeMethod {
  /** A log: Breeze tells of each line search that fails as an error, where ours goes on. */
  static LazyLogger silence() {
    return new LazyLogger(NOPLogger.NOP_LOGGER);
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
