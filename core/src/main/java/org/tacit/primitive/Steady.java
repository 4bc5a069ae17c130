package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/**
 * A locally constant primitive without kinks of its own: it reads what derivatives are not taken
 * in, or marks what another primitive's kinks are known by.
 */
public interface Steady extends LocallyConstant {
  @Override
  default String kink() {
    return "nothing switches";
  }

  @Override
  default boolean switchesBy(int i) {
    return false;
  }

  @Override
  default void margins(Operand[] inputs, Dense value, Margins margins) {
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        margins.none(i, j);
      }
    }
  }
}
