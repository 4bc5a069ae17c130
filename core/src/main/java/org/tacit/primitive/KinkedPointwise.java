package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/** A function of one number with kinks. */
interface KinkedPointwise extends Pointwise, Kinked {
  /** x less the kink that is nearest: that at 0, unless it says else. */
  default double past(double x) {
    return x;
  }

  /** The size of what is compared at {@code x}. */
  default double size(double x) {
    return Math.abs(x);
  }

  @Override
  default boolean isElementwise() {
    return true;
  }

  @Override
  default void margins(Operand[] inputs, Dense value, Margins margins) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        double at = x.data()[x.at(i) + j];
        double past = past(at);
        margins.set(i, j, past, size(at), Math.signum(past));
      }
    }
  }
}
