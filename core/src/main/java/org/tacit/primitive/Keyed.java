package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.KeyWindow;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** Linear in its first input, by integer keys in its second, a key column or a dense one. */
interface Keyed extends Linear, Kernel {
  @Override
  default boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  default boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 1 && storage == Storage.KEY);
  }

  /** That each row has a key. */
  static void requireKeys(Shape x, Shape keys) {
    Shape.require(
        x.rows().equals(keys.rows()) && keys.cols().isOne(),
        "Invalid shapes: %s by keys %s (must have the same rows, keys one column)",
        x,
        keys);
  }

  /** Key i, checked against its bound. */
  static int key(Operand keys, int i, int bound) {
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
