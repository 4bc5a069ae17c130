package org.tacit.optimality;

/** The step eta of a fixed point: any number above zero. */
final class StepSize {
  private StepSize() {}

  static double require(double eta) {
    if (!(eta > 0) || Double.isInfinite(eta)) {
      throw new IllegalArgumentException("Invalid step: " + eta + " (must be > 0 and finite)");
    }
    return eta;
  }
}
