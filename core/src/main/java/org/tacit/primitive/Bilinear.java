package org.tacit.primitive;

import java.util.List;
import java.util.Optional;

/**
 * A primitive of two inputs that is linear in each while the other is held: the product rule is its
 * jvp.
 */
public interface Bilinear extends Transposable {
  @Override
  default Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return Var.apply(this, List.of(tangents.get(0), inputs.get(1)))
        .plus(Var.apply(this, List.of(inputs.get(0), tangents.get(1))));
  }

  /** A product with zero is zero. */
  @Override
  default Optional<Var> simplifyZero(List<Var> inputs) {
    return inputs.stream().anyMatch(Var::isZero) ? Optional.of(zero(inputs)) : Optional.empty();
  }
}
