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
    void solve(Dense b, Dense direction, RowProgram.Run product, Dense solution) {
      double[] tolerances = new double[b.rows()];
      Arrays.fill(tolerances, TOLERANCE);
      var cg = new RowConjugateGradient(direction, product);
      boolean[] solved = cg.solve(b, tolerances, solution);
      for (int i = 0; i < solved.length; i++) {
        if (!solved[i]) {
          refuse(solution, i);
        }
      }
    }
  },

  /** v = b + (I - A_i) v again and again, for A_i = I - T_i where T_i contracts. */
  CONTRACTION {
    @Override
    boolean isSymmetric() {
      return false;
    }

    @Override
    void solve(Dense b, Dense direction, RowProgram.Run product, Dense solution) {
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
      for (int i = 0; i < done.length; i++) {
        if (!done[i]) {
          refuse(solution, i);
        }
      }
    }
  };

  static final double TOLERANCE = 1e-12;
  static final int MAX_PRODUCTS = 5000;

  /** Whether A' v is the same product as A v. */
  abstract boolean isSymmetric();

  /** Solves A_i v_i = b_i; {@code product} is A_i of what is in {@code direction}. */
  abstract void solve(Dense b, Dense direction, RowProgram.Run product, Dense solution);

  private static void refuse(Dense solution, int i) {
    Arrays.fill(solution.data(), solution.at(i), solution.at(i) + solution.cols(), Double.NaN);
  }
}
