package org.tacit.implicit;

import java.util.Arrays;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Operand;

/** Truncated Newton steps for the minimisers of all rows of a tile side by side. */
final class RowDescent {
  static final double TOLERANCE = 1e-10;

  private static final double ROUNDING = 1e-8;
  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 0x1p-30;
  private static final int MAX_STEPS = 200;

  private final RowProgram.Run slope;
  private final RowProgram bend;
  private final Operand[] arguments;
  private final Dense z;
  private final int k;
  private final Dense accepted;
  private final Dense descent;
  private final Dense step;
  private final double[] value;
  private final double[] norm;
  private final double[] first;
  private final double[] fall;
  private final double[] t;
  private final boolean[] done;

  /**
   * From the rows of {@code z}, to which minimisers are written.
   *
   * @param slope f and its gradient, of z and what else it reads
   * @param bend the Hessian times a direction, of the direction and those
   */
  RowDescent(RowProgram slope, RowProgram bend, Operand[] inputs, Dense z) {
    int rows = z.rows();
    this.z = z;
    this.k = z.cols();
    this.accepted = Dense.zeros(rows, k);
    this.descent = Dense.zeros(rows, k);
    this.step = Dense.zeros(rows, k);
    this.value = new double[rows];
    this.norm = new double[rows];
    this.first = new double[rows];
    this.fall = new double[rows];
    this.t = new double[rows];
    this.done = new boolean[rows];
    this.bend = bend;
    Operand[] at = inputs.clone();
    at[0] = z;
    this.slope = slope.on(at, rows);
    this.arguments = new Operand[at.length + 1];
    System.arraycopy(at, 0, arguments, 1, at.length);
    Arrays.fill(first, Double.NaN);
  }

  void run() {
    accept(slope.now());
    for (int s = 0; s < MAX_STEPS && isOpen(); s++) {
      directions();
      search();
    }
    for (int i = 0; i < z.rows(); i++) {
      boolean isMinimum =
          norm[i] <= Math.max(TOLERANCE * first[i], ROUNDING * Math.min(first[i], 1));
      for (int j = 0; j < k; j++) {
        z.data()[z.at(i) + j] = isMinimum ? accepted.data()[accepted.at(i) + j] : Double.NaN;
      }
    }
  }

  private boolean isOpen() {
    for (boolean row : done) {
      if (!row) {
        return true;
      }
    }
    return false;
  }

  /** Takes z for every row that is open, with what is known there. */
  private void accept(Dense[] there) {
    for (int i = 0; i < z.rows(); i++) {
      if (!done[i]) {
        System.arraycopy(z.data(), z.at(i), accepted.data(), accepted.at(i), k);
        value[i] = there[0].data()[there[0].at(i)];
        norm[i] = EuclideanNorm.of(there[1].data(), there[1].at(i), k);
        first[i] = Double.isNaN(first[i]) ? norm[i] : first[i];
        for (int j = 0; j < k; j++) {
          descent.data()[descent.at(i) + j] = -there[1].data()[there[1].at(i) + j];
        }
        done[i] = norm[i] <= TOLERANCE * first[i];
      }
    }
  }

  /** Newton's directions at the points accepted, as exact as they are near. */
  private void directions() {
    Dense direction = Dense.zeros(z.rows(), k);
    arguments[0] = direction;
    double[] tolerances = new double[z.rows()];
    for (int i = 0; i < tolerances.length; i++) {
      tolerances[i] = done[i] ? 1 : Math.min(0.1, norm[i] / first[i]);
      if (done[i]) {
        Arrays.fill(descent.data(), descent.at(i), descent.at(i) + k, 0);
      }
    }
    new RowConjugateGradient(direction, bend.on(arguments, z.rows()))
        .solve(descent, tolerances, step);
    for (int i = 0; i < tolerances.length; i++) {
      fall[i] = 0;
      for (int j = 0; j < k; j++) {
        fall[i] += step.data()[step.at(i) + j] * descent.data()[descent.at(i) + j];
      }
    }
  }

  /** Moves every open row by the longest of its step, half of it, ... that lets its f fall. */
  private void search() {
    boolean[] settled = done.clone();
    Arrays.fill(t, 1);
    boolean isOver = false;
    while (!isOver) {
      for (int i = 0; i < z.rows(); i++) {
        for (int j = 0; j < k; j++) {
          double moved = done[i] ? 0 : t[i] * step.data()[step.at(i) + j];
          z.data()[z.at(i) + j] = accepted.data()[accepted.at(i) + j] + moved;
        }
      }
      Dense[] there = slope.now();
      isOver = true;
      for (int i = 0; i < z.rows(); i++) {
        if (!settled[i]) {
          settled[i] = falls(i, there);
          t[i] /= settled[i] ? 1 : 2;
          done[i] = t[i] < SHORTEST;
          settled[i] |= done[i];
          isOver &= settled[i];
        }
      }
      if (isOver) {
        accept(there);
      }
    }
  }

  /** Whether f is lower by enough, or equal to rounding and its gradient shorter. */
  private boolean falls(int i, Dense[] there) {
    double now = there[0].data()[there[0].at(i)];
    double wanted = value[i] - ARMIJO * t[i] * fall[i];
    return now <= wanted
        || (now <= value[i] + 1e-12 * Math.abs(value[i])
            && EuclideanNorm.of(there[1].data(), there[1].at(i), k) < norm[i]);
  }
}
