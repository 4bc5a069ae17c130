package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Shape;

/**
 * Row {@code key_i} of a replicated matrix for each row i: rows x width. Embeddings, effects and
 * penalties by group. Linear in the matrix; its transpose is the sum by key.
 */
record Gather() implements Keyed {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape table = inputs.get(0);
    Shape keys = inputs.get(1);
    Shape.require(
        !table.isSharded() && keys.cols().isOne(),
        "Invalid shapes: rows of %s by keys %s (must be replicated, and one column)",
        table,
        keys);
    return new Shape(keys.rows(), table.cols());
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.sumByKey(inputs.get(1), inputs.get(0).shape().rows().size());
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return !grouped[1];
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense table = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      int key = Keyed.key(inputs[1], i, table.rows());
      System.arraycopy(table.data(), table.at(key), output.data(), output.at(i), output.cols());
    }
  }
}
