package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.KeyWindow;
import org.tacit.matrix.Operand;

/** Reads integer keys out of a key column or a dense one, checked against their bound. */
final class Keys {
  private Keys() {}

  static int at(Operand keys, int i, int bound) {
    double key =
        keys instanceof KeyWindow window
            ? window.key(i)
            : ((Dense) keys).data()[((Dense) keys).at(i)];
    if (!(key >= 0 && key < bound) || key != Math.rint(key)) {
      throw new InvalidKeyException(key, bound, i);
    }
    return (int) key;
  }
}
