package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Row {@code key_i} of a replicated matrix for each row i: rows x width. Embeddings, effects and
 * penalties by group. Linear in the matrix; its transpose is the sum by key.
 */
record Gather() implements Linear, Kernel {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.get(0).isSharded() || !inputs.get(1).cols().isOne()) {
      throw new IllegalArgumentException(
          "Invalid shapes: rows of %s by keys %s (must be replicated, and one column)"
              .formatted(inputs.get(0), inputs.get(1)));
    }
    return new Shape(inputs.get(1).rows(), inputs.get(0).cols());
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.sumByKey(inputs.get(1), inputs.get(0).shape().rows().size());
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
  public void evaluate(Operand[] inputs, Dense output) {
    Dense table = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      int key = Keys.at(inputs[1], i, table.rows());
      System.arraycopy(table.data(), table.at(key), output.data(), output.at(i), output.cols());
    }
  }
}
