package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/** A function of two numbers with a kink where they are equal. */
interface KinkedPair extends PointwisePair, Kinked {
  @Override
  default boolean isElementwise() {
    return true;
  }

  @Override
  default void margins(Operand[] inputs, Dense value, Margins margins) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        double left = a.stretched(i, j);
        double right = b.stretched(i, j);
        double size = Math.max(Math.abs(left), Math.abs(right));
        margins.set(i, j, left - right, size, Double.compare(left, right));
      }
    }
  }
}
