package org.tacit.primitive;

import java.util.ArrayList;
import java.util.List;

/**
 * A primitive that is linear in its linear inputs together, such as a sum; the other inputs are
 * held constant.
 */
public interface Linear extends Transposable {
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
}
