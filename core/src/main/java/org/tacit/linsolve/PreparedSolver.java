package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** A method made ready for one operator A. */
public interface PreparedSolver {
  /** Which system is solved. */
  enum Of {
    /** A X = B. */
    MATRIX,
    /** A' X = B. */
    TRANSPOSE;

    LinearOperator in(LinearOperator a) {
      return this == MATRIX ? a : a.transpose();
    }
  }

  /** X for all columns of B at once, started at {@code start}, of B's shape. */
  Solution solve(Of of, Matrix b, Matrix start);

  /** What it leaves for systems near A. */
  default Nearby nearby() {
    return Nearby.NOTHING;
  }

  /** X with A X = B, started at {@code start}. */
  default Solution solve(Matrix b, Matrix start) {
    return solve(Of.MATRIX, b, start);
  }

  /** X with A X = B, started at zero. */
  default Solution solve(Matrix b) {
    return solve(b, Matrix.zeros(b.rows(), b.cols()));
  }

  /** X with A' X = B, started at {@code start}. */
  default Solution solveTransposed(Matrix b, Matrix start) {
    return solve(Of.TRANSPOSE, b, start);
  }

  /** X with A' X = B, started at zero. */
  default Solution solveTransposed(Matrix b) {
    return solveTransposed(b, Matrix.zeros(b.rows(), b.cols()));
  }
}
