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
    double[] found = new double[output.length];
    if (output.length > 0) {
      FusedRuns runs = new FusedRuns(inputs[0], inputs[1][0]);
      runs.find();
      found = result == Result.LABELS ? runs.labels() : runs.pull();
    }
    System.arraycopy(found, 0, output, 0, output.length);
  }
}
