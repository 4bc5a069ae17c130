package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.ElementaryFunction;
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
    double[] below = new double[x.cols()];
    for (int i = 0; i < output.rows(); i++) {
      output.data()[output.at(i)] = ofRow(x.data(), x.at(i), below);
    }
  }

  /**
   * m + log(1 + the others' exp(x_j - m)) with m one of the largest, exact where they are small.
   */
  private static double ofRow(double[] x, int from, double[] below) {
    int count = below.length;
    int largest = from;
    for (int j = from + 1; j < from + count; j++) {
      largest = x[j] > x[largest] ? j : largest;
    }
    double max = count == 0 ? Double.NEGATIVE_INFINITY : x[largest];
    if (Double.isInfinite(max)) {
      return max;
    }
    for (int j = 0; j < count; j++) {
      below[j] = x[from + j] - max;
    }
    ElementaryFunction.EXP.run(below, 0, below, 0, count);
    double others = 0;
    for (int j = 0; j < count; j++) {
      others += from + j == largest ? 0 : below[j];
    }
    return max + ElementaryFunction.LOG1P.at(others);
  }
}
