package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * |x|, the Euclidean norm of each row, rows x 1, of rows of any size that numbers have. Derivative
 * u'dx with u the {@link Unit} row; 0 at x = 0.
 */
record Norm() implements Differentiable, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).rows(), Axis.of(1));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var zero = Var.constant(0);
    Var isZero = output.equalTo(zero);
    Var unit = Var.where(isZero, Var.constant(1), inputs.get(0)).unitCols();
    return Var.where(isZero, zero, unit.times(tangents.get(0)).sumCols());
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      output.data()[output.at(i)] = EuclideanNorm.of(x.data(), x.at(i), x.cols());
    }
  }
}
