package org.tacit.job;

import java.util.function.Function;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;

/** The outer optimisers that configurations name. */
enum OuterMethod {
  /** By the number of thetas. */
  AUTO(OuterOptimiser::automatic),
  GRADIENT(OuterOptimiser::adaptiveGradient),
  LBFGS_B(OuterOptimiser::projectedLbfgs),
  NEWTON(OuterOptimiser::trustRegionNewton);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
  private final Function<OuterStopping, OuterOptimiser> make;

  OuterMethod(Function<OuterStopping, OuterOptimiser> make) {
    this.make = make;
  }

  OuterOptimiser optimiser(OuterStopping stopping) {
    return make.apply(stopping);
  }
}
