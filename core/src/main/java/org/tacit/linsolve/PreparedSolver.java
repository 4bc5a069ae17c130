package org.tacit.linsolve;

import org.tacit.matrix.Matrix;

/** A method made ready for one operator A. */
public interface PreparedSolver {
  /** X with A X = B, for all columns of B at once, started at {@code start}, of B's shape. */
  Solution solve(Matrix b, Matrix start);

  /** X with A' X = B. */
  Solution solveTransposed(Matrix b, Matrix start);

  /** What it leaves for systems near A. */
  default Nearby nearby() {
    return Nearby.NOTHING;
  }

  /** X with A X = B, started at zero. */
  default Solution solve(Matrix b) {
    return solve(b, Matrix.zeros(b.rows(), b.cols()));
  }

  /** X with A' X = B, started at zero. */
  default Solution solveTransposed(Matrix b) {
    return solveTransposed(b, Matrix.zeros(b.rows(), b.cols()));
  }
}
