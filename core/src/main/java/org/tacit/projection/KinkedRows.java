package org.tacit.projection;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Kinked;

/** A {@link RowKernel} with kinks, told row by row; its own values number the pieces. */
interface KinkedRows extends RowKernel, Kinked {
  /**
   * Writes how far each element of a row is from a kink, and the size of what is compared there;
   * inputs as for {@link #evaluateRow}.
   */
  void marginsOfRow(double[][] inputs, double[] value, double[] distances, double[] sizes);

  @Override
  default void margins(Operand[] inputs, Dense value, Margins margins) {
    double[][] rows = new double[inputs.length][value.cols()];
    double[] row = new double[value.cols()];
    for (int i = 0; i < value.rows(); i++) {
      RowKernel.stretch(inputs, i, rows);
      System.arraycopy(value.data(), value.at(i), row, 0, row.length);
      double[] distances = new double[row.length];
      double[] sizes = new double[row.length];
      marginsOfRow(rows, row, distances, sizes);
      for (int j = 0; j < row.length; j++) {
        margins.set(i, j, distances[j], sizes[j], row[j]);
      }
    }
  }
}
