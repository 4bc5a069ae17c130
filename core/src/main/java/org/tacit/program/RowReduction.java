package org.tacit.program;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/**
 * A primitive that may sum over a row axis. Over a table's rows it ends a pass: tiles are added up
 * in a partition's accumulator.
 */
public interface RowReduction extends Kernel {
  /** Adds what the rows in {@code inputs} contribute to {@code sum}. */
  void accumulate(Operand[] inputs, Dense sum);

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    output.fill(0);
    accumulate(inputs, output);
  }

  /**
   * Whether a sum of a table's data alone is kept for later evaluations. One as large as a matrix
   * of the unknowns is not: whether a pass is needed would depend on what was asked for before.
   */
  default boolean isRemembered() {
    return true;
  }

  /** Whether this primitive, on inputs of these shapes, sums over a table's rows. */
  default boolean reduces(List<Shape> inputs) {
    return inputs.stream().anyMatch(Shape::isSharded) && !shape(inputs).isSharded();
  }
}
