package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;

/** M^-1 for one operator. No passes. */
public interface PreparedPreconditioner {
  /** M^-1 R for each column of R, n x k. */
  Matrix apply(Matrix r);

  /** The products with A that preparing it took. */
  int products();

  /**
   * A lower bound of M's eigenvalues, where one is known: with it the eigenvalues of M^-1 A bound
   * those of A.
   */
  OptionalDouble smallestEigenvalue();
}
