package org.tacit.projection;

import java.util.Arrays;
import org.tacit.primitive.LocallyConstant;

/**
 * Where the solution of {@link Prox#totalVariation} is flat. Inputs: the point's rows, t. Output:
 * for each element the first position of its run, or the pull on it, +1 or -1 for a jump up or down
 * after it less the same for one before it. Source: Condat, A direct algorithm for 1-D total
 * variation denoising, 2013.
 */
record FusedBlocks(Result result) implements LocallyConstant, KinkedRows {
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
    double[] found = new double[output.length];
    if (output.length > 0) {
      FusedRuns runs = new FusedRuns(inputs[0], inputs[1][0]);
      found = result == Result.LABELS ? runs.labels : runs.pull;
    }
    System.arraycopy(found, 0, output, 0, output.length);
  }

  @Override
  public String kink() {
    return "neighbours of a total variation fit are equal with no force to keep them so";
  }

  /** Between runs the jump, inside one what the dual lacks to t, the dual's largest value. */
  @Override
  public void marginsOfRow(double[][] inputs, double[] value, double[] distances, double[] sizes) {
    int n = value.length;
    if (n == 0) {
      return;
    }
    double t = inputs[1][0];
    FusedRuns runs = new FusedRuns(inputs[0], t);
    double[] labels = runs.labels;
    double[] pulled = new double[n];
    Arrays.setAll(pulled, j -> inputs[0][j] + t * runs.pull[j]);
    double[] fit = new double[n];
    new BlockMean().evaluateRow(new double[][] {pulled, labels}, fit);
    double dual = 0;
    for (int j = 0; j + 1 < n; j++) {
      dual += inputs[0][j] - fit[j];
      boolean isInside = labels[j + 1] == labels[j];
      distances[j] = isInside ? t - Math.abs(dual) : fit[j + 1] - fit[j];
      sizes[j] = isInside ? t : Math.max(Math.abs(fit[j]), Math.abs(fit[j + 1]));
    }
    distances[n - 1] = Double.POSITIVE_INFINITY;
  }

  /**
   * Condat's scan of a sequence x for the runs of its total variation solution: the least and the
   * largest value {@code low}, {@code high} that the run from {@code start} may have, with the
   * duals they would give, and where each was last set.
   */
  private static final class FusedRuns {
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
      find();
    }

    private void find() {
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
      Arrays.fill(labels, start, last + 1, start);
      pull[last] += jump;
      if (last + 1 < x.length) {
        pull[last + 1] -= jump;
      }
      start = last + 1;
      k = start;
    }
  }
}
