package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Shape;

/**
 * Element {@code key_i} of each row i, rows x 1. Linear in the rows; its transpose puts each
 * element back in its place between zeros.
 */
record Lookup() implements Keyed {
  @Override
  public Shape shape(List<Shape> inputs) {
    Keyed.requireKeys(inputs.get(0), inputs.get(1));
    return new Shape(inputs.get(0).rows(), Axis.of(1));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    Matrix places = Matrix.identity(inputs.get(0).shape().width());
    return Var.constant(places).rows(inputs.get(1)).times(cotangent);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      int key = Keyed.key(inputs[1], i, x.cols());
      output.data()[output.at(i)] = x.data()[x.at(i) + key];
    }
  }
}
