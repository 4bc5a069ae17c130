package org.tacit.projection;

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
      runs.find();
      found = result == Result.LABELS ? runs.labels() : runs.pull();
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
    runs.find();
    double[] labels = runs.labels();
    double[] pulled = runs.pull();
    for (int j = 0; j < n; j++) {
      pulled[j] = inputs[0][j] + t * pulled[j];
    }
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
}
