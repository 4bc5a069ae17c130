package org.tacit.optimality;

import java.util.Optional;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.Structure;

/**
 * The derivative of a proximal map at a point where it is diagonal, which a product with a seeded
 * random vector tells: one that is not passes with probability zero.
 *
 * @param d the diagonal, n x 1
 */
public record ProximalSlopes(Matrix d) {
  private static final double ROUNDING = 1e-12;

  /** The slopes of a composite problem's map at a point, where its derivative is diagonal. */
  public static Optional<ProximalSlopes> of(CompositeProblem problem, CompositeProblem.Point here) {
    int n = here.x().rows();
    Matrix random = Matrix.adopting(n, 1, new Random(7).doubles(n, 0.5, 1.5).toArray());
    Matrix both =
        problem.proxAlong(
            here.x().plus(-here.step(), here.gradient()),
            here.step(),
            Matrix.beside(java.util.List.of(Matrix.filled(n, 1, 1), random)));
    Matrix d = both.columnAt(0);
    Matrix expected = d.with(random, (a, b) -> a * b);
    boolean isDiagonal =
        both.columnAt(1).minus(expected).maxAbs() <= ROUNDING * Math.max(1, d.maxAbs());
    return isDiagonal ? Optional.of(new ProximalSlopes(d)) : Optional.empty();
  }

  /** The Jacobian of the fixed point with this map and a Hessian. */
  public ProximalOperator operator(ClosableOperator hessian, double step, Structure curvature) {
    return ProximalOperator.of(d, hessian, step, curvature);
  }
}
