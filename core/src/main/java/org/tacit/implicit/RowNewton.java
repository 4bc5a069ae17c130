package org.tacit.implicit;

import java.util.Arrays;
import java.util.function.Supplier;
import org.netlib.util.intW;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Lapack;

/**
 * Newton's method for the roots of all rows of a tile side by side: F and dF/dz are evaluated for
 * the whole tile, steps are taken and halved row by row.
 */
final class RowNewton {
  static final double TOLERANCE = 1e-14;

  private static final double ROUNDING = 1e-9;
  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 0x1p-30;
  private static final int MAX_EVALUATIONS = 500;

  private final Dense z;
  private final int k;
  private final double[] accepted;
  private final double[] step;
  private final double[] t;
  private final double[] norm;
  private final double[] first;
  private final boolean[] done;

  /** On the rows of {@code z}, which hold the start and then the roots. */
  RowNewton(Dense z, int k) {
    int rows = z.rows();
    this.z = z;
    this.k = k;
    this.accepted = new double[rows * k];
    this.step = new double[rows * k];
    this.t = new double[rows];
    this.norm = new double[rows];
    this.first = new double[rows];
    this.done = new boolean[rows];
    Arrays.fill(norm, Double.POSITIVE_INFINITY);
    Arrays.fill(first, Double.NaN);
    Arrays.fill(t, 1);
  }

  /** Runs on F (rows x k) and its Jacobians (rows x k^2, column after column) at z. */
  void run(Supplier<Dense[]> equation) {
    int open = z.rows();
    for (int e = 0; e < MAX_EVALUATIONS && open > 0; e++) {
      Dense[] now = equation.get();
      open = 0;
      for (int i = 0; i < z.rows(); i++) {
        if (!done[i]) {
          advance(i, now[0], now[1]);
          open += done[i] ? 0 : 1;
        }
      }
    }
    for (int i = 0; i < z.rows(); i++) {
      if (!done[i]) {
        finish(i, norm[i] <= ROUNDING * Math.max(first[i], 1));
      }
    }
  }

  /** Accepts row i's trial, or halves its step. */
  private void advance(int i, Dense f, Dense jacobian) {
    double trial = norm(f, i);
    if (Double.isNaN(first[i])) {
      first[i] = trial;
    }
    if (trial <= TOLERANCE * first[i]) {
      norm[i] = trial;
      keep(i);
      done[i] = true;
    } else if (trial <= (1 - ARMIJO * t[i]) * norm[i]) {
      norm[i] = trial;
      keep(i);
      if (!direction(i, f, jacobian)) {
        finish(i, false);
        return;
      }
      t[i] = 1;
      move(i);
    } else {
      t[i] /= 2;
      move(i);
      if (t[i] < SHORTEST || isStill(i)) {
        finish(i, norm[i] <= ROUNDING * Math.max(first[i], 1));
      }
    }
  }

  private double norm(Dense f, int i) {
    return EuclideanNorm.of(f.data(), f.at(i), k);
  }

  private void keep(int i) {
    System.arraycopy(z.data(), z.at(i), accepted, i * k, k);
  }

  private boolean direction(int i, Dense f, Dense jacobian) {
    double[] matrix = Arrays.copyOfRange(jacobian.data(), jacobian.at(i), jacobian.at(i) + k * k);
    double[] b = Arrays.copyOfRange(f.data(), f.at(i), f.at(i) + k);
    intW info = new intW(0);
    Lapack.NETLIB.dgesv(k, 1, matrix, k, new int[k], b, k, info);
    System.arraycopy(b, 0, step, i * k, k);
    return info.val == 0;
  }

  private void move(int i) {
    for (int j = 0; j < k; j++) {
      z.data()[z.at(i) + j] = accepted[i * k + j] - t[i] * step[i * k + j];
    }
  }

  private boolean isStill(int i) {
    for (int j = 0; j < k; j++) {
      if (z.data()[z.at(i) + j] != accepted[i * k + j]) {
        return false;
      }
    }
    return true;
  }

  /** Ends row i at its best point, or at NaN. */
  private void finish(int i, boolean isRoot) {
    for (int j = 0; j < k; j++) {
      z.data()[z.at(i) + j] = isRoot ? accepted[i * k + j] : Double.NaN;
    }
    done[i] = true;
  }
}
