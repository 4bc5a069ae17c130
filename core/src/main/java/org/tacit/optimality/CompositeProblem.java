package org.tacit.optimality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Structure;

/**
 * The problem of minimising f(x) + g(x), f smooth and g with a proximal map, as a solver of such
 * problems sees it. Its residual is F(x) = prox_{eta g}(x - eta grad f(x)) - x.
 */
public interface CompositeProblem extends Problem {
  /** f, its gradient and the residual at x. One pass, or none where x is known. */
  Point at(Matrix x);

  /** Whether {@link #at} costs no pass at x, as for those asked for last. */
  boolean knows(Matrix x);

  /** The Hessian of f at x: symmetric, a pass a product. */
  ClosableOperator hessian(Matrix x);

  /** prox_{step g}(point). No pass. */
  Matrix prox(Matrix point, double step);

  /** The derivative of {@link #prox} in the point along each column of {@code directions}. */
  Matrix proxAlong(Matrix point, double step, Matrix directions);

  /** The lengths of the parts of x that g is a sum over, in order. */
  List<Integer> blocks();

  /** What is promised of the Hessian on the coordinates that move. */
  Structure curvature();

  @Override
  default Evaluated evaluate(Matrix x) {
    return new Evaluated(OptionalDouble.empty(), at(x).residual());
  }

  @Override
  default Optional<CompositeProblem> composite() {
    return Optional.of(this);
  }

  /**
   * What is known at x.
   *
   * @param smooth f(x)
   * @param gradient grad f(x)
   * @param residual F(x)
   * @param step eta, the smallest where blocks have their own
   */
  record Point(Matrix x, double smooth, Matrix gradient, Matrix residual, double step) {
    /** A proximal map may make a number of an infinite gradient: the residual is none there. */
    public Point {
      boolean isFinite = Double.isFinite(smooth) && gradient.isFinite();
      residual = isFinite ? residual : residual.map(v -> Double.NaN);
    }
  }
}
