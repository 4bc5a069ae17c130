package org.tacit.optimality;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;

/**
 * The problem of minimising a smooth f over a set by mirror steps, as a solver of such problems
 * sees it. Its residual is F(x) = T(x) - x, T being the step with the condition's eta.
 */
public non-sealed interface MirrorProblem extends Problem, Problem.Kind {
  /** f, its gradient and the residual at x. One pass; asking again for the last x costs none. */
  Point at(Matrix x);

  /** The mirror step from x along {@code gradient} with another eta. No pass. */
  Matrix step(Matrix x, Matrix gradient, double eta);

  @Override
  default Evaluated evaluate(Matrix x) {
    return new Evaluated(OptionalDouble.empty(), at(x).residual());
  }

  @Override
  default Kind kind() {
    return this;
  }
}
