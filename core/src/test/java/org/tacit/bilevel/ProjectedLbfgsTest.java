package org.tacit.bilevel;

class ProjectedLbfgsTest implements OuterOptimiserLaws, OuterFailureLaws {
  @Override
  public OuterOptimiser optimiser(OuterStopping until) {
    return OuterOptimiser.projectedLbfgs(until);
  }
}
