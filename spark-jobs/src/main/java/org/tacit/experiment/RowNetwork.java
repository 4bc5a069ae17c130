package org.tacit.experiment;

import java.util.Arrays;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A network of layers h -> tanh(W h + b), the last one without tanh, with weights of its own for
 * every row: row i of the weights holds the rows of [W b] of one layer after another.
 */
record RowNetwork(int hidden) {
  private int[] sizes() {
    return new int[] {1, hidden, hidden, 1};
  }

  /** The number of weights. */
  int weights() {
    int[] sizes = sizes();
    int count = 0;
    for (int l = 1; l < sizes.length; l++) {
      count += sizes[l] * (sizes[l - 1] + 1);
    }
    return count;
  }

  /** Normal weights of deviation 1 / sqrt(inputs), no biases: 1 x weights. */
  Matrix random(Random random) {
    int[] sizes = sizes();
    double[] weights = new double[weights()];
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      for (int j = 0; j < sizes[l] * (sizes[l - 1] + 1); j++) {
        boolean isBias = j % (sizes[l - 1] + 1) == sizes[l - 1];
        double drawn = random.nextGaussian() / Math.sqrt(sizes[l - 1]);
        weights[at++] = isBias ? 0 : drawn;
      }
    }
    return Matrix.adopting(1, weights.length, weights);
  }

  /** The outputs for the inputs x, rows x points, by the weights, rows x weights. */
  Var outputs(Var weights, Var x) {
    int[] sizes = sizes();
    int points = x.shape().width();
    double[] one = new double[points];
    Arrays.fill(one, 1);
    Var ones = Var.constant(Matrix.adopting(1, points, one)).broadcastTo(x.shape());
    Var h = x;
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      int inputs = sizes[l - 1] + 1;
      Var layer = weights.slice(Side.COLS, at, at + sizes[l] * inputs);
      Var sums = layer.matmulRows(Var.concatenate(Side.COLS, h, ones), inputs);
      h = l == sizes.length - 1 ? sums : sums.tanh();
      at += sizes[l] * inputs;
    }
    return h;
  }

  /** The mean squared error of each row. */
  Var loss(Var weights, Var x, Var y) {
    return outputs(weights, x).minus(y).square().sumCols().times(1.0 / x.shape().width());
  }
}
