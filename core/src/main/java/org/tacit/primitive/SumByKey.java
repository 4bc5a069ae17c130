package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.RowReduction;
import org.tacit.program.Shape;

/**
 * For each key below {@code count} the sum of the rows with that key: count x width. Linear in the
 * rows; its transpose gathers.
 */
record SumByKey(int count) implements Keyed, RowReduction {
  @Override
  public String name() {
    return "sumByKey(" + count + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Keyed.requireKeys(inputs.get(0), inputs.get(1));
    return new Shape(Axis.of(count), inputs.get(0).cols());
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.rows(inputs.get(1));
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return !grouped[1];
  }

  @Override
  public void accumulate(Operand[] inputs, Dense sum) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < x.rows(); i++) {
      int from = x.at(i);
      int to = sum.at(Keyed.key(inputs[1], i, count));
      for (int j = 0; j < x.cols(); j++) {
        sum.data()[to + j] += x.data()[from + j];
      }
    }
  }
}
