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
record MaxCols() implements Differentiable, Kernel {
  @Override
  public String name() {
    return "maxCols";
  }

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

  static double largest(Dense x, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < x.cols(); j++) {
      max = Math.max(max, x.data()[x.at(row) + j]);
    }
    return max;
  }
}
