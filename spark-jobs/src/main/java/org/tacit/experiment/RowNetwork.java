package org.tacit.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A network with weights of its own for every row: layers H -&gt; tanh(W H + b), the last one
 * without tanh, whose columns are points.
 *
 * <pre>
 *   weights   rows x weights      the rows of [W b] of one layer after another
 *   inputs    rows x units_0 n    the rows of H, units_0 x n, one after another
 *   outputs   rows x units_L n    likewise
 * </pre>
 *
 * @param units of the inputs and of each layer
 */
record RowNetwork(List<Integer> units) {
  public RowNetwork {
    units = List.copyOf(units);
    if (units.size() < 2 || units.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("Invalid units: " + units + " (must be two or more, > 0)");
    }
  }

  public static RowNetwork of(Integer... units) {
    return new RowNetwork(List.of(units));
  }

  /** The number of weights. */
  public int weights() {
    int count = 0;
    for (int l = 1; l < units.size(); l++) {
      count += weights(l);
    }
    return count;
  }

  private int weights(int layer) {
    return units.get(layer) * (units.get(layer - 1) + 1);
  }

  /** Normal weights of deviation 1 / sqrt(inputs of the layer), and no b: 1 x weights. */
  public Matrix random(Random random) {
    double[] weights = new double[weights()];
    int at = 0;
    for (int l = 1; l < units.size(); l++) {
      int inputs = units.get(l - 1);
      for (int j = 0; j < weights(l); j++) {
        double drawn = random.nextGaussian() / Math.sqrt(inputs);
        weights[at++] = j % (inputs + 1) == inputs ? 0 : drawn;
      }
    }
    return Matrix.adopting(1, weights.length, weights);
  }

  /** What the networks of all rows make of their inputs. */
  public Var outputs(Var weights, Var inputs) {
    double[] one = new double[inputs.shape().width() / units.get(0)];
    Arrays.fill(one, 1);
    Var ones = Var.constant(Matrix.adopting(1, one.length, one));
    Var h = inputs;
    int at = 0;
    for (int l = 1; l < units.size(); l++) {
      Var layer = weights.slice(Side.COLS, at, at + weights(l));
      Var byRow = ones.broadcastTo(h.slice(Side.COLS, 0, one.length).shape());
      Var sums = layer.matmulRows(Var.concatenate(Side.COLS, h, byRow), units.get(l - 1) + 1);
      h = l == units.size() - 1 ? sums : sums.tanh();
      at += weights(l);
    }
    return h;
  }
}
