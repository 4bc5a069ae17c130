package org.tacit.projection;

import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A primitive that works on every row by itself, on the driver or in a tile. The result has the
 * shape of the first input, to which the others stretch.
 */
interface RowKernel extends Kernel {
  /** Writes the result for one row; inputs are stretched to the row's width, and not kept. */
  void evaluateRow(double[][] inputs, double[] output);

  @Override
  default Shape shape(List<Shape> inputs) {
    Shape first = inputs.get(0);
    for (Shape other : inputs) {
      Shape.require(
          first.broadcast(other).equals(first),
          "Invalid shapes: %s for a point of %s (must stretch to it)",
          other,
          first);
    }
    return first;
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    double[][] rows = new double[inputs.length][output.cols()];
    double[] result = new double[output.cols()];
    for (int i = 0; i < output.rows(); i++) {
      stretch(inputs, i, rows);
      evaluateRow(rows, result);
      System.arraycopy(result, 0, output.data(), output.at(i), result.length);
    }
  }

  /** Writes row i of each input, stretched. */
  static void stretch(Operand[] inputs, int i, double[][] rows) {
    for (int k = 0; k < rows.length; k++) {
      Dense input = (Dense) inputs[k];
      Arrays.setAll(rows[k], j -> input.stretched(i, j));
    }
  }
}
