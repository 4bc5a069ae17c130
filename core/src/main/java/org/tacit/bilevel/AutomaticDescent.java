package org.tacit.bilevel;

import org.tacit.matrix.Matrix;

/** The optimiser that the number of thetas asks for. */
record AutomaticDescent(OuterStopping stopping) implements OuterOptimiser {
  @Override
  public String name() {
    return "automatic";
  }

  private OuterOptimiser suited(Matrix theta) {
    return theta.rows() <= OuterOptimiser.MOST_FOR_NEWTON
        ? OuterOptimiser.trustRegionNewton(stopping)
        : OuterOptimiser.projectedLbfgs(stopping);
  }

  @Override
  public OuterState init(OuterFunction function, Matrix theta) {
    return suited(theta).init(function, theta);
  }

  @Override
  public OuterState next(OuterFunction function, OuterState state) {
    return suited(state.here().theta()).next(function, state);
  }
}
