package org.tacit.primitive;

import java.util.List;

/**
 * A primitive whose value does not move with its inputs, except at jumps, where the derivative
 * returned is zero too.
 */
public interface LocallyConstant extends Kinked {
  @Override
  default Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return Var.zero(output.shape());
  }
}
