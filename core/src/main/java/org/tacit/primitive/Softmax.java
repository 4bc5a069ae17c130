package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.ElementaryFunction;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;

/** exp(x_j) / sum_k exp(x_k) of each row. Derivative p (dx - p . dx). */
record Softmax() implements Differentiable, Kernel {
  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var weighted = output.times(tangents.get(0));
    return weighted.minus(output.times(weighted.sumCols()));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      double max = MaxCols.largest(x, i);
      double sum = 0;
      int to = output.at(i);
      for (int j = 0; j < x.cols(); j++) {
        output.data()[to + j] = x.data()[x.at(i) + j] - max;
      }
      ElementaryFunction.EXP.run(output.data(), to, output.data(), to, x.cols());
      for (int j = 0; j < x.cols(); j++) {
        sum += output.data()[to + j];
      }
      for (int j = 0; j < x.cols(); j++) {
        output.data()[to + j] /= sum;
      }
    }
  }
}
