package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The largest element of each row, rows x 1. Derivative: the mean of the tangents where the largest
 * is reached.
 */
record MaxCols() implements Kinked, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).rows(), Axis.of(1));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var reached = inputs.get(0).equalTo(output);
    return reached.divide(reached.sumCols()).times(tangents.get(0)).sumCols();
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      output.data()[output.at(i)] = largest(x, i);
    }
  }

  @Override
  public String kink() {
    return "two elements of a row are its largest";
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < value.rows(); i++) {
      int first = 0;
      double second = Double.NEGATIVE_INFINITY;
      for (int j = 1; j < x.cols(); j++) {
        double next = x.data()[x.at(i) + j];
        double most = x.data()[x.at(i) + first];
        second = Math.max(second, Math.min(next, most));
        first = next > most ? j : first;
      }
      double most = value.data()[value.at(i)];
      margins.set(i, 0, most - second, Math.max(Math.abs(most), Math.abs(second)), first);
    }
  }

  static double largest(Dense x, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < x.cols(); j++) {
      max = Math.max(max, x.data()[x.at(row) + j]);
    }
    return max;
  }
}
