package org.tacit.operator;

import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;

/**
 * How A x = b follows from a smaller system K y = c: some unknowns are known at once, such as the
 * zeros of a sparse solution, and K couples the others only.
 */
public interface Reduction {
  /** K. */
  LinearOperator system();

  /** c for each column of b. At most one product. */
  Matrix reduced(Matrix b);

  /** x for each column of b and its y. At most one product. */
  Matrix expanded(Matrix b, Matrix y);

  /** The same, its products and those of K made through a view of what makes them. */
  Reduction through(UnaryOperator<LinearOperator> view);

  /** The smallest absolute eigenvalue of A for that of K. */
  OptionalDouble eigenvalue(OptionalDouble ofSystem);
}
