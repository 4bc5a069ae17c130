package org.tacit.program;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;

/**
 * A primitive that is evaluated on windows of its inputs, on the driver or tile by tile in a pass.
 */
public interface Kernel extends Primitive {
  /**
   * Writes the result to {@code output}. The windows never overlap, and every input is dense unless
   * {@link #accepts} said else.
   */
  void evaluate(Operand[] inputs, Dense output);

  /**
   * Whether {@link #evaluate} reads input {@code i} in this storage itself; otherwise it is given a
   * dense copy.
   */
  default boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE;
  }

  /**
   * Whether evaluating once on many instances side by side is right. Where {@code grouped[i]},
   * input i holds instances as groups of columns, and so will the output; the other inputs are
   * shared by all instances. When false, the instances are evaluated one after another.
   */
  default boolean widens(List<Shape> inputs, boolean[] grouped) {
    return false;
  }

  /**
   * Whether f(X, Y_1), ..., f(X, Y_K) are the columns of f(X, [Y_1 ... Y_K]), in order and each as
   * wide as the others, at less cost: a pass then evaluates this one in their place.
   */
  default boolean joins() {
    return false;
  }

  /** Whether every element of the value is one of an input's, or 0: of numbers it makes no NaN. */
  default boolean copies() {
    return false;
  }
}
