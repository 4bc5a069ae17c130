package org.tacit.optimality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;

/**
 * The problem of minimising f(x) + g(x), f smooth and g with a proximal map, as a solver of such
 * problems sees it. Its residual is F(x) = prox_{eta g}(x - eta grad f(x)) - x.
 */
public non-sealed interface CompositeProblem extends Problem, ProximalMap, Problem.Kind {
  /** f, its gradient and the residual at x. One pass, or none where x is known. */
  Point at(Matrix x);

  /** Whether {@link #at} costs no pass at x, as for those asked for last. */
  boolean knows(Matrix x);

  /** The Hessian of f at x: symmetric, a pass a product. */
  ClosableOperator hessian(Matrix x);

  /** The same with all its elements: one pass. */
  default DenseOperator wholeHessian(Matrix x) {
    try (ClosableOperator hessian = hessian(x)) {
      return DenseOperator.of(hessian);
    }
  }

  @Override
  int size();

  @Override
  default Evaluated evaluate(Matrix x) {
    return new Evaluated(OptionalDouble.empty(), at(x).residual());
  }

  @Override
  default Kind kind() {
    return this;
  }

  /**
   * The derivative of a proximal map at a point where it is diagonal, n x 1, which a product with a
   * seeded random vector tells: one that is not passes with probability zero.
   */
  static Optional<Matrix> slopes(ProximalMap map, Point here) {
    int n = here.x().rows();
    Matrix random = Matrix.adopting(n, 1, new Random(7).doubles(n, 0.5, 1.5).toArray());
    Matrix both =
        map.proxAlong(
            here.x().plus(-here.step(), here.gradient()),
            here.step(),
            Matrix.beside(List.of(Matrix.filled(n, 1, 1), random)));
    Matrix d = both.columnAt(0);
    Matrix expected = d.with(random, (a, b) -> a * b);
    double rounding = 1e-12 * Math.max(1, d.maxAbs());
    return Optional.of(d).filter(slopes -> both.columnAt(1).minus(expected).maxAbs() <= rounding);
  }
}
