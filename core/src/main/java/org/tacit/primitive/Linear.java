package org.tacit.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A primitive that is linear in its linear inputs together, such as a sum; the other inputs are
 * held constant.
 */
public interface Linear extends Transposable {
  @Override
  default boolean linearIn(int i) {
    return true;
  }

  @Override
  default Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    List<Var> arguments = new ArrayList<>(inputs);
    for (int i = 0; i < inputs.size(); i++) {
      if (linearIn(i)) {
        arguments.set(i, tangents.get(i));
      }
    }
    return Var.apply(this, arguments);
  }

  /** A linear map of zeros is zero. */
  @Override
  default Optional<Var> simplifyZero(List<Var> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (linearIn(i) && !inputs.get(i).isZero()) {
        return Optional.empty();
      }
    }
    return Optional.of(zero(inputs));
  }
}
