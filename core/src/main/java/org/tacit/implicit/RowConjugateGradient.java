package org.tacit.implicit;

import org.tacit.matrix.Dense;

/**
 * Conjugate gradients for all rows of a tile side by side, from zero. A row ends at its tolerance,
 * or where it meets a direction that A_i does not bend upwards: at the point before it, or at the
 * first direction where there is none. Source: Nocedal and Wright 2006, algorithm 7.1.
 */
final class RowConjugateGradient {
  private final Dense direction;
  private final RowProgram.Run product;
  private final int k;

  /** Of products {@code product} with what is in {@code direction}. */
  RowConjugateGradient(Dense direction, RowProgram.Run product) {
    this.direction = direction;
    this.product = product;
    this.k = direction.cols();
  }

  /** Solves for b to |b - A v| &lt;= tolerance |b|; says for each row whether it got there. */
  boolean[] solve(Dense b, double[] tolerances, Dense solution) {
    int rows = b.rows();
    double[] r = new double[rows * k];
    double[] squared = new double[rows];
    double[] first = new double[rows];
    boolean[] done = new boolean[rows];
    boolean[] solved = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(b.data(), b.at(i), r, i * k, k);
      System.arraycopy(b.data(), b.at(i), direction.data(), direction.at(i), k);
      first[i] = dot(r, i * k, r, i * k);
      squared[i] = first[i];
      done[i] = first[i] == 0;
      solved[i] = done[i];
    }
    solution.fill(0);
    int open = rows;
    for (int iteration = 0; iteration < 2 * k + 20 && open > 0; iteration++) {
      Dense ap = product.now()[0];
      open = 0;
      for (int i = 0; i < rows; i++) {
        if (!done[i]) {
          double bend = dot(direction.data(), direction.at(i), ap.data(), ap.at(i));
          if (!(bend > 0)) {
            done[i] = true;
            if (iteration == 0) {
              System.arraycopy(b.data(), b.at(i), solution.data(), solution.at(i), k);
            }
            continue;
          }
          double alpha = squared[i] / bend;
          add(alpha, direction.data(), direction.at(i), solution.data(), solution.at(i));
          add(-alpha, ap.data(), ap.at(i), r, i * k);
          double now = dot(r, i * k, r, i * k);
          solved[i] = now <= tolerances[i] * tolerances[i] * first[i];
          done[i] = solved[i];
          advance(i, r, now / squared[i]);
          squared[i] = now;
          open += done[i] ? 0 : 1;
        }
      }
    }
    return solved;
  }

  /** p = r + beta p. */
  private void advance(int i, double[] r, double beta) {
    for (int j = 0; j < k; j++) {
      int at = direction.at(i) + j;
      direction.data()[at] = r[i * k + j] + beta * direction.data()[at];
    }
  }

  private double dot(double[] x, int xAt, double[] y, int yAt) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += x[xAt + j] * y[yAt + j];
    }
    return sum;
  }

  private void add(double factor, double[] x, int xAt, double[] y, int yAt) {
    for (int j = 0; j < k; j++) {
      y[yAt + j] += factor * x[xAt + j];
    }
  }
}
