package org.tacit.optimality;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * The step eta of a fixed point: a number above zero, or one chosen near 1 / L ({@link
 * AutomaticStep}).
 */
record StepSize(Optional<Double> given) {
  private static final StepSize AUTOMATIC = new StepSize(Optional.empty());

  static StepSize automatic() {
    return AUTOMATIC;
  }

  static StepSize of(double eta) {
    return new StepSize(Optional.of(require(eta)));
  }

  static double require(double eta) {
    if (!(eta > 0) || Double.isInfinite(eta)) {
      throw new IllegalArgumentException("Invalid step: " + eta + " (must be > 0 and finite)");
    }
    return eta;
  }

  /** The step for an objective of this gradient in the condition's symbols, 1 x 1. */
  Var of(Var gradient, Var x, Var theta) {
    return given.map(Var::constant).orElseGet(() -> AutomaticStep.of(gradient, x, theta));
  }
}
