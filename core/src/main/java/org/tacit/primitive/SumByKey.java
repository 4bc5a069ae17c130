package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.program.Axis;
import org.tacit.program.RowReduction;
import org.tacit.program.Shape;

/**
 * For each key below {@code count} the sum of the rows with that key: count x width. Linear in the
 * rows; its transpose gathers.
 */
record SumByKey(int count) implements Linear, RowReduction {
  @Override
  public String name() {
    return "sumByKey(" + count + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (!inputs.get(0).rows().equals(inputs.get(1).rows()) || !inputs.get(1).cols().isOne()) {
      throw new IllegalArgumentException(
          "Invalid shapes: %s by keys %s (must have the same rows, keys one column)"
              .formatted(inputs.get(0), inputs.get(1)));
    }
    return new Shape(Axis.of(count), inputs.get(0).cols());
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.rows(inputs.get(1));
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 1 && storage == Storage.KEY);
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
      int to = sum.at(Keys.at(inputs[1], i, count));
      for (int j = 0; j < x.cols(); j++) {
        sum.data()[to + j] += x.data()[from + j];
      }
    }
  }
}
