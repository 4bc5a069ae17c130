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

  /**
   * What is known at x.
   *
   * @param objective f(x)
   * @param gradient grad f(x)
   * @param residual F(x)
   * @param eta the condition's step
   */
  record Point(Matrix x, double objective, Matrix gradient, Matrix residual, double eta) {
    /** A mirror step may make a number of an infinite gradient: the residual is none there. */
    public Point {
      boolean isFinite = Double.isFinite(objective) && gradient.isFinite();
      residual = isFinite ? residual : residual.map(v -> Double.NaN);
    }
  }
}
