package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A function of two numbers, applied element by element; an axis of length 1 stretches to the
 * other's length.
 */
interface PointwisePair extends Differentiable, Kernel {
  double at(double a, double b);

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.get(0).broadcast(inputs.get(1));
  }

  @Override
  default boolean widens(List<Shape> inputs, boolean[] grouped) {
    return Broadcasting.widens(shape(inputs), inputs, grouped);
  }

  @Override
  default Optional<Var> simplify(List<Var> inputs) {
    return Broadcasting.unstretched(this, inputs);
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    boolean isOneRun = output.isContiguous() && isOneRun(a, output) && isOneRun(b, output);
    int rows = isOneRun ? 1 : output.rows();
    int count = isOneRun ? output.rows() * output.cols() : output.cols();
    int stepA = step(a, isOneRun);
    int stepB = step(b, isOneRun);
    for (int i = 0; i < rows; i++) {
      int fromA = a.at(a.rows() == 1 ? 0 : i);
      int fromB = b.at(b.rows() == 1 ? 0 : i);
      run(a.data(), fromA, stepA, b.data(), fromB, stepB, output.data(), output.at(i), count);
    }
  }

  /** Whether x is one run of as many numbers as the output, or one number. */
  private static boolean isOneRun(Dense x, Dense output) {
    boolean isAlike = x.rows() == output.rows() && x.cols() == output.cols();
    return x.isContiguous() && (isAlike || x.rows() * x.cols() == 1);
  }

  private static int step(Dense x, boolean isOneRun) {
    return (isOneRun ? x.rows() * x.cols() : x.cols()) == 1 ? 0 : 1;
  }

  /**
   * Writes {@code out[to + j] = at(a[fromA + j * stepA], b[fromB + j * stepB])}, steps being 0 or
   * 1. The frequent functions have loops of their own, without a call for each number.
   */
  default void run(
      double[] a,
      int fromA,
      int stepA,
      double[] b,
      int fromB,
      int stepB,
      double[] out,
      int to,
      int count) {
    for (int j = 0; j < count; j++) {
      out[to + j] = at(a[fromA + j * stepA], b[fromB + j * stepB]);
    }
  }
}
