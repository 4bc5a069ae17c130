package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** The sum over the columns of each row, rows x 1. Linear; its transpose is a broadcast. */
record SumCols() implements Linear, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).rows(), Axis.of(1));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.broadcastTo(inputs.get(0).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return term.summedOverColumns(output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    return inputs.get(0).shape().cols().isOne() ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      double sum = 0;
      for (int j = 0; j < x.cols(); j++) {
        sum += x.data()[x.at(i) + j];
      }
      output.data()[output.at(i)] = sum;
    }
  }
}
