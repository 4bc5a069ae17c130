package org.tacit.bilevel;

class AdaptiveGradientTest implements OuterOptimiserLaws, OuterFailureLaws {
  @Override
  public OuterOptimiser optimiser(OuterStopping until) {
    return OuterOptimiser.adaptiveGradient(until);
  }
}
