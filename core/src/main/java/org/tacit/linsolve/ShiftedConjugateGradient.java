package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * (A + sigma_k I) x_k = b for a path of shifts sigma_k >= 0, such as ridge penalties, from one
 * Krylov space: the residuals of all are multiples of the same vectors, so the path costs the
 * products of its smallest shift alone.
 *
 * <p>At the end every residual is computed from its definition, in one product for all; a shift
 * that is not within the tolerance goes on by itself as {@link LinearSolver#conjugateGradient}
 * does, sharing products with the others.
 *
 * <p>Cost: one product with one column an iteration; each shift adds 4 n operations. Every solution
 * counts the products of the whole path. Smallest eigenvalues are those of A + sigma_k I, where a
 * shift went on by itself.
 *
 * <p>Source: Jegerlehner 1996; Frommer and Maass 1999.
 *
 * @param relativeTolerance the bound on |b - (A + sigma_k I) x_k| / |b|
 * @param maxIterations the most steps
 */
public record ShiftedConjugateGradient(double relativeTolerance, int maxIterations) {
  public ShiftedConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** x_k for each shift, where A is promised to be positive definite and b is n x 1. */
  public List<Solution> solve(LinearOperator operator, Matrix b, List<Double> shifts) {
    Require.structure(operator, Structure.POSITIVE_DEFINITE, "shifted CG");
    Require.system(operator.cols(), b, b);
    if (b.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid right-hand side: " + b.cols() + " columns (must be 1)");
    }
    for (double shift : shifts) {
      if (!(shift >= 0) || Double.isInfinite(shift)) {
        throw new IllegalArgumentException(
            "Invalid shift: " + shift + " (must be finite and >= 0)");
      }
    }
    ShiftedPath path = new ShiftedPath(this, b, shifts);
    int products = path.run(operator);
    Preconditioned none = new Preconditioned(Preconditioner.none().prepare(operator));
    RightSide.Settings settings =
        new RightSide.Settings(
            relativeTolerance,
            maxIterations,
            (r, target) -> new ConjugateGradientRecurrence(r, target, none));
    List<RightSide> columns = new ArrayList<>();
    for (int k = 0; k < shifts.size(); k++) {
      columns.add(new RightSide(settings, b, path.solution(k), shifts.get(k)));
    }
    int all = products + Lockstep.advance(operator, columns);
    return columns.stream()
        .map(column -> Lockstep.solution(List.of(column), b.rows(), "shifted CG", all))
        .toList();
  }
}
