package org.tacit.prox;

import org.tacit.primitive.LocallyConstant;
import org.tacit.projection.RowKernel;

/**
 * Where the solution of {@link TotalVariation} is flat. Inputs: the point's rows, t. Output: for
 * each element the first position of its run, or the pull on it, +1 or -1 for a jump up or down
 * after it less the same for one before it. Source: Condat, A direct algorithm for 1-D total
 * variation denoising, 2013.
 */
record FusedBlocks(Result result) implements LocallyConstant, RowKernel {
  /** What the output is. */
  enum Result {
    LABELS,
    PULL
  }

  @Override
  public String name() {
    return "fused " + result;
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    int n = output.length;
    if (n == 0) {
      return;
    }
    double[] x = inputs[0];
    double t = inputs[1][0];
    Runs runs = new Runs(new double[n], new double[n]);
    int k = 0;
    int start = 0;
    int lastLow = 0;
    int lastHigh = 0;
    double low = x[0] - t;
    double high = x[0] + t;
    double lowDual = t;
    double highDual = -t;
    while (true) {
      if (k == n - 1) {
        if (lowDual < 0) {
          start = runs.end(start, lastLow, -1);
          k = start;
          lastLow = start;
          low = x[start];
          lowDual = t;
          highDual = low + t - high;
        } else if (highDual > 0) {
          start = runs.end(start, lastHigh, 1);
          k = start;
          lastHigh = start;
          high = x[start];
          highDual = -t;
          lowDual = high - t - low;
        } else {
          runs.end(start, k, 0);
          break;
        }
        continue;
      }
      lowDual += x[k + 1] - low;
      if (lowDual < -t) {
        start = runs.end(start, lastLow, -1);
        low = x[start];
        high = low + 2 * t;
      } else {
        highDual += x[k + 1] - high;
        if (highDual > t) {
          start = runs.end(start, lastHigh, 1);
          high = x[start];
          low = high - 2 * t;
        } else {
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
          continue;
        }
      }
      k = start;
      lastLow = start;
      lastHigh = start;
      lowDual = t;
      highDual = -t;
    }
    double[] found = result == Result.LABELS ? runs.labels : runs.pull;
    System.arraycopy(found, 0, output, 0, n);
  }

  /** The runs found so far. */
  private static final class Runs {
    private final double[] labels;
    private final double[] pull;

    Runs(double[] labels, double[] pull) {
      this.labels = labels;
      this.pull = pull;
    }

    /** Ends the run from {@code start} at {@code last}, a jump after it; the next run's start. */
    int end(int start, int last, int jump) {
      java.util.Arrays.fill(labels, start, last + 1, start);
      pull[last] += jump;
      if (last + 1 < pull.length) {
        pull[last + 1] -= jump;
      }
      return last + 1;
    }
  }
}
