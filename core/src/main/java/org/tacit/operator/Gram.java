package org.tacit.operator;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Products;
import org.tacit.matrix.Storage;
import org.tacit.program.Axis;
import org.tacit.program.RowReduction;
import org.tacit.program.Shape;

/**
 * X' diag(w) X for each column w of weights, beside each other: p x (p q) for q columns. Only the
 * upper triangle of each is right, which is half of a product's work; what is below is undefined. A
 * sum over rows, which ends a pass. X may be sparse or of floats.
 */
record Gram() implements RowReduction {
  @Override
  public String name() {
    return "gram";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    return new Shape(x.cols(), Axis.of(x.width() * inputs.get(1).width()));
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 0 && storage != Storage.KEY);
  }

  @Override
  public boolean isRemembered() {
    return false;
  }

  @Override
  public void accumulate(Operand[] inputs, Dense sum) {
    Dense weights = (Dense) inputs[1];
    int p = inputs[0].cols();
    Dense one = new Dense(new double[0], 0, 0, 0, 0);
    for (int k = 0; k < weights.cols(); k++) {
      one.moveToGroup(sum, k, p);
      Dense column =
          new Dense(weights.data(), weights.offset() + k, weights.stride(), weights.rows(), 1);
      Products.accumulateGram(inputs[0], column, one);
    }
  }
}
