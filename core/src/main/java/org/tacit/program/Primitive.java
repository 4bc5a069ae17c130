package org.tacit.program;

import java.io.Serializable;
import java.util.List;

/**
 * One operation on matrices, with its shape rule. Its derivative rule is in the same file (see
 * {@code org.tacit.primitive}). Primitives are small values, equal when they do the same; a program
 * travels with them.
 */
public interface Primitive extends Serializable {
  /** Its name in error messages and printed programs: its class's, unless it says more. */
  default String name() {
    String name = getClass().getName().replaceFirst(".*[.$]", "");
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /**
   * The shape of the result, that of the first input unless it says else; or an {@link
   * IllegalArgumentException} that names the shapes and what they must be.
   */
  default Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }
}
