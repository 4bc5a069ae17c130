package org.tacit.optimality;

import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * For each coordinate an interval of distances t, and the slopes at its two ends; it ends at
 * infinity where no jump was found.
 */
final class JumpBrackets {
  private static final double JUMP = 0.1;

  private final double[] low;
  private final double[] high;
  private final double[] before;
  private final double[] after;

  private JumpBrackets(Matrix slopes) {
    this.low = new double[slopes.rows()];
    this.high = new double[slopes.rows()];
    this.before = slopes.toArray();
    this.after = slopes.toArray();
    Arrays.fill(high, Double.POSITIVE_INFINITY);
  }

  /** The first of these growing distances between which each slope jumps; {@code here} is at 0. */
  static JumpBrackets first(Matrix here, List<Double> distances, List<Matrix> slopes) {
    JumpBrackets brackets = new JumpBrackets(here);
    for (int k = 0; k < distances.size(); k++) {
      for (int i = 0; i < here.rows(); i++) {
        brackets.extend(i, distances.get(k), slopes.get(k).at(i));
      }
    }
    return brackets;
  }

  private void extend(int i, double distance, double slope) {
    if (Double.isInfinite(high[i])) {
      after[i] = slope;
      if (isJump(i)) {
        high[i] = distance;
      } else {
        low[i] = distance;
        before[i] = slope;
      }
    }
  }

  /** The middles of the intervals, 0 where there is none. */
  Matrix middles() {
    double[] middles = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      middles[i] = Double.isInfinite(high[i]) ? 0 : (low[i] + high[i]) / 2;
    }
    return Matrix.column(middles);
  }

  /** Keeps the halves in which the slopes change more. */
  void halve(Matrix middles, Matrix slopes) {
    for (int i = 0; i < low.length; i++) {
      double slope = slopes.at(i);
      if (Double.isInfinite(high[i])) {
        continue;
      }
      if (Math.abs(slope - before[i]) > Math.abs(after[i] - slope)) {
        high[i] = middles.at(i);
        after[i] = slope;
      } else {
        low[i] = middles.at(i);
        before[i] = slope;
      }
    }
  }

  /** The lower ends, infinite where the slope bends rather than jumps. */
  Matrix distances() {
    double[] distances = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      boolean isFound = Double.isFinite(high[i]) && isJump(i);
      distances[i] = isFound ? low[i] : Double.POSITIVE_INFINITY;
    }
    return Matrix.column(distances);
  }

  private boolean isJump(int i) {
    double larger = Math.max(Math.abs(before[i]), Math.abs(after[i]));
    boolean isOnOff = (before[i] == 0) != (after[i] == 0);
    return isOnOff || Math.abs(after[i] - before[i]) > JUMP * larger;
  }
}
