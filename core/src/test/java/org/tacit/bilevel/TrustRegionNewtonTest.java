package org.tacit.bilevel;

class TrustRegionNewtonTest implements OuterOptimiserLaws, OuterFailureLaws {
  @Override
  public OuterOptimiser optimiser(OuterStopping until) {
    return OuterOptimiser.trustRegionNewton(until);
  }
}
