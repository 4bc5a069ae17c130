package org.tacit.primitive;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/**
 * A primitive whose derivative jumps somewhere: on its kinks, which divide its inputs into pieces.
 * Which piece the inputs are in, and how far from the next, is what {@link #margins} tells.
 */
public interface Kinked extends Differentiable {
  /** What holds on a kink, in words that follow "where". */
  String kink();

  /** Whether the piece depends on input {@code i}. */
  default boolean switchesBy(int i) {
    return true;
  }

  /** Whether each element of the value is of one element of each input. */
  default boolean isElementwise() {
    return false;
  }

  /**
   * Writes for each element of {@code value} = this({@code inputs}) how far what is compared is
   * from a kink (>= 0, infinite where there is none), the size of what is compared, and the number
   * of the piece.
   */
  void margins(Operand[] inputs, Dense value, Margins margins);
}
