package org.tacit.projection;

/**
 * Condat's scan of a sequence x for the runs of its total variation solution: the least and the
 * largest value {@code low}, {@code high} that the run from {@code start} may have, with the duals
 * they would give, and where each was last set.
 */
final class FusedRuns {
  private final double[] x;
  private final double t;
  private final double[] labels;
  private final double[] pull;
  private int k;
  private int start;
  private int lastLow;
  private int lastHigh;
  private double low;
  private double high;
  private double lowDual;
  private double highDual;

  FusedRuns(double[] x, double t) {
    this.x = x;
    this.t = t;
    this.labels = new double[x.length];
    this.pull = new double[x.length];
    this.low = x[0] - t;
    this.high = x[0] + t;
    this.lowDual = t;
    this.highDual = -t;
  }

  double[] labels() {
    return labels.clone();
  }

  double[] pull() {
    return pull.clone();
  }

  void find() {
    boolean isDone = false;
    while (!isDone) {
      if (k < x.length - 1) {
        advance();
      } else {
        isDone = finish();
      }
    }
  }

  /** Takes in the next element, or ends a run where it cannot be joined. */
  private void advance() {
    lowDual += x[k + 1] - low;
    if (lowDual < -t) {
      end(lastLow, -1);
      low = x[start];
      high = low + 2 * t;
      restart();
      return;
    }
    highDual += x[k + 1] - high;
    if (highDual > t) {
      end(lastHigh, 1);
      high = x[start];
      low = high - 2 * t;
      restart();
      return;
    }
    k++;
    if (lowDual >= t) {
      lastLow = k;
      low += (lowDual - t) / (k - start + 1);
      lowDual = t;
    }
    if (highDual <= -t) {
      lastHigh = k;
      high += (highDual + t) / (k - start + 1);
      highDual = -t;
    }
  }

  private void restart() {
    lastLow = start;
    lastHigh = start;
    lowDual = t;
    highDual = -t;
  }

  /** At the last element, where the dual must end at 0; whether all runs are found. */
  private boolean finish() {
    if (lowDual < 0) {
      end(lastLow, -1);
      lastLow = start;
      low = x[start];
      lowDual = t;
      highDual = low + t - high;
      return false;
    } else if (highDual > 0) {
      end(lastHigh, 1);
      lastHigh = start;
      high = x[start];
      highDual = -t;
      lowDual = high - t - low;
      return false;
    }
    end(k, 0);
    return true;
  }

  /** Ends the run at {@code last} with a jump after it; the scan goes on from there. */
  private void end(int last, int jump) {
    java.util.Arrays.fill(labels, start, last + 1, start);
    pull[last] += jump;
    if (last + 1 < x.length) {
      pull[last + 1] -= jump;
    }
    start = last + 1;
    k = start;
  }
}
