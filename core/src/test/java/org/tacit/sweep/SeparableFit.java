package org.tacit.sweep;

import java.util.stream.IntStream;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/**
 * A logistic model with a penalty e^theta / 2 |w|^2 and an intercept on 60 x 3 rows but for those
 * of a fold, and its mean loss on these: by Newton's method from stronger penalties on, in nothing
 * that the sweep is made of but the solution of a system of four numbers.
 *
 * @param x w, then the intercept
 */
record SeparableFit(Matrix x, double loss) {
  private static final int ROWS = 60;
  private static final int WIDTH = 3;
  private static final double STEP = 0.25;
  private static final int MOST_NEWTON = 30;

  static SeparableFit without(int fold, SweepRows rows, double theta) {
    double[] x = new double[WIDTH + 1];
    for (double t = Math.max(theta, 0); t >= theta; t -= STEP) {
      x = minimum(fold, rows, t, x);
    }
    int[] heldOut = IntStream.range(0, ROWS).filter(i -> rows.fold[i] == fold).toArray();
    double sum = 0;
    for (int i : heldOut) {
      sum += Math.log1p(Math.exp(-margin(rows, i, x)));
    }
    return new SeparableFit(Matrix.column(x), sum / heldOut.length);
  }

  private static double[] minimum(int fold, SweepRows rows, double theta, double[] start) {
    int kept = (int) IntStream.range(0, ROWS).filter(i -> rows.fold[i] != fold).count();
    double[] x = start.clone();
    for (int taken = 0; taken < MOST_NEWTON; taken++) {
      double[] f = new double[WIDTH + 1];
      double[][] a = new double[WIDTH + 1][WIDTH + 1];
      for (int j = 0; j < WIDTH; j++) {
        f[j] = Math.exp(theta) * x[j];
        a[j][j] = Math.exp(theta);
      }
      for (int i = 0; i < ROWS; i++) {
        if (rows.fold[i] != fold) {
          add(rows, i, x, kept, f, a);
        }
      }
      Matrix hessian = Matrix.tabulate(WIDTH + 1, WIDTH + 1, (j, k) -> a[j][k]);
      Matrix step =
          Factorisation.scaledCholesky(hessian).orElseThrow().solve(Matrix.column(f.clone()));
      for (int j = 0; j <= WIDTH; j++) {
        x[j] -= step.at(j);
      }
    }
    return x;
  }

  private static void add(SweepRows rows, int i, double[] x, int kept, double[] f, double[][] a) {
    double miss = 1 / (1 + Math.exp(margin(rows, i, x)));
    for (int j = 0; j <= WIDTH; j++) {
      f[j] -= rows.y[i] * miss * feature(rows, i, j) / kept;
      for (int k = 0; k <= WIDTH; k++) {
        a[j][k] += miss * (1 - miss) * feature(rows, i, j) * feature(rows, i, k) / kept;
      }
    }
  }

  private static double margin(SweepRows rows, int i, double[] x) {
    return rows.y[i]
        * IntStream.rangeClosed(0, WIDTH).mapToDouble(j -> feature(rows, i, j) * x[j]).sum();
  }

  private static double feature(SweepRows rows, int i, int j) {
    return j < WIDTH ? rows.x[WIDTH * i + j] : 1;
  }
}
