package org.tacit.implicit;

import java.util.Arrays;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;

/** How the linear systems of all rows of a tile are solved side by side, by products alone. */
enum RowMethod {
  /** Conjugate gradients, of positive definite A_i. */
  CONJUGATE_GRADIENT {
    @Override
    boolean isSymmetric() {
      return true;
    }

    @Override
    boolean[] solve(Dense b, Dense direction, RowProgram.Run product, Dense solution) {
      double[] tolerances = new double[b.rows()];
      Arrays.fill(tolerances, TOLERANCE);
      return new RowConjugateGradient(direction, product).solve(b, tolerances, solution);
    }
  },

  /** v = b + (I - A_i) v again and again, for A_i = I - T_i where T_i contracts. */
  CONTRACTION {
    @Override
    boolean isSymmetric() {
      return false;
    }

    @Override
    boolean[] solve(Dense b, Dense direction, RowProgram.Run product, Dense solution) {
      b.copyTo(direction);
      int open = b.rows();
      boolean[] done = new boolean[b.rows()];
      double[] residual = new double[b.cols()];
      for (int k = 0; k < MAX_PRODUCTS && open > 0; k++) {
        Dense now = product.now()[0];
        open = 0;
        for (int i = 0; i < b.rows(); i++) {
          for (int j = 0; j < residual.length; j++) {
            residual[j] = b.data()[b.at(i) + j] - now.data()[now.at(i) + j];
          }
          double size = EuclideanNorm.of(b.data(), b.at(i), b.cols());
          done[i] |= EuclideanNorm.of(residual) <= TOLERANCE * size;
          for (int j = 0; !done[i] && j < residual.length; j++) {
            direction.data()[direction.at(i) + j] += residual[j];
          }
          open += done[i] ? 0 : 1;
        }
      }
      direction.copyTo(solution);
      return done;
    }
  };

  static final double TOLERANCE = 1e-12;
  static final int MAX_PRODUCTS = 5000;

  /** Whether A' v is the same product as A v. */
  abstract boolean isSymmetric();

  /**
   * Solves A_i v_i = b_i, {@code product} being A_i of what is in {@code direction}; says for each
   * row whether it did.
   */
  abstract boolean[] solve(Dense b, Dense direction, RowProgram.Run product, Dense solution);

  /** Makes the rows that are not solved NaN. */
  static void refuse(Dense solution, boolean[] solved) {
    for (int i = 0; i < solved.length; i++) {
      if (!solved[i]) {
        Arrays.fill(solution.data(), solution.at(i), solution.at(i) + solution.cols(), Double.NaN);
      }
    }
  }
}
