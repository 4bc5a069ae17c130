package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * log(sum_j exp(x_j)) of each row, rows x 1, without overflow. Derivative: the mean of the tangents
 * weighted by softmax(x).
 */
record LogSumExp() implements Differentiable, Kernel {
  @Override
  public String name() {
    return "logSumExp";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).rows(), Axis.of(1));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return inputs.get(0).softmax().times(tangents.get(0)).sumCols();
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      double max = MaxCols.largest(x, i);
      double sum = 0;
      for (int j = 0; j < x.cols(); j++) {
        sum += Math.exp(x.data()[x.at(i) + j] - max);
      }
      output.data()[output.at(i)] = Double.isInfinite(max) ? max : max + Math.log(sum);
    }
  }
}
