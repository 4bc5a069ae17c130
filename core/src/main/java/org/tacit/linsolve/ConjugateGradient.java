package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * The method of conjugate gradients, for A promised to be positive definite.
 *
 * <pre>
 *   alpha = r'r / p'Ap    x += alpha p    r -= alpha A p    beta = r+'r+ / r'r    p = r+ + beta p
 * </pre>
 *
 * <p>Several right-hand sides advance in lockstep: an iteration is one product with the directions
 * of all that have not stopped. Each is divided by its norm first, so tiny ones do not underflow; a
 * right-hand side of zero costs nothing. It stops when |b - A x| &lt;= relativeTolerance |b|, where
 * the residual is computed from its definition when the recursion says so (one more product); where
 * the two have drifted apart, the method goes on from the true one. A start that is worse than zero
 * is not used.
 *
 * <p>Cost: the iterations that the solution counts are its products with A, the checks included, so
 * at most one more than {@code maxIterations} for each check. The smallest eigenvalue is the
 * smallest Ritz value, which estimates from above, and closely only when many steps were taken; a
 * start that is already good enough gives none.
 *
 * <p>Source: Hestenes and Stiefel 1952; Nocedal and Wright, section 5.1; residual replacement: van
 * der Vorst and Ye 2000.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps
 */
public record ConjugateGradient(double relativeTolerance, int maxIterations)
    implements LinearSolver {
  private static final int DEFAULT_MAX_ITERATIONS = 1000;

  public ConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 steps. */
  public static ConjugateGradient of(double relativeTolerance) {
    return new ConjugateGradient(relativeTolerance, DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "CG";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    if (operator.structure() != Structure.POSITIVE_DEFINITE) {
      throw new IllegalArgumentException(
          "Invalid structure: "
              + operator.structure()
              + " (CG needs POSITIVE_DEFINITE: promise it, or choose another method)");
    }
    Require.square(operator);
    return new Prepared(operator);
  }

  private final class Prepared implements PreparedSolver {
    private final LinearOperator operator;

    Prepared(LinearOperator operator) {
      this.operator = operator;
    }

    @Override
    public Solution solve(Matrix b, Matrix start) {
      Require.system(operator.cols(), b, start);
      List<ConjugateGradientColumn> columns = new ArrayList<>();
      for (int j = 0; j < b.cols(); j++) {
        columns.add(
            new ConjugateGradientColumn(ConjugateGradient.this, b.columnAt(j), start.columnAt(j)));
      }
      int products = 0;
      List<ConjugateGradientColumn> active = active(columns);
      while (!active.isEmpty()) {
        Matrix product =
            operator.apply(
                Matrix.beside(active.stream().map(ConjugateGradientColumn::wanted).toList()));
        products++;
        for (int j = 0; j < active.size(); j++) {
          active.get(j).advance(product.columnAt(j).toArray());
        }
        active = active(active);
      }
      return solution(columns, b.rows(), products);
    }

    @Override
    public Solution solveTransposed(Matrix b, Matrix start) {
      return solve(b, start);
    }

    private Solution solution(List<ConjugateGradientColumn> columns, int n, int products) {
      Outcome outcome = Outcome.CONVERGED;
      double residualNorm = 0;
      double relativeResidual = 0;
      double smallest = Double.POSITIVE_INFINITY;
      for (ConjugateGradientColumn column : columns) {
        outcome = outcome.and(column.outcome());
        residualNorm = Math.max(residualNorm, column.residualNorm());
        relativeResidual = Math.max(relativeResidual, column.relativeResidual());
        smallest = Math.min(smallest, column.smallestRitzValue());
      }
      return new Solution(
          columns.isEmpty()
              ? Matrix.zeros(n, 0)
              : Matrix.beside(columns.stream().map(ConjugateGradientColumn::solution).toList()),
          outcome,
          name(),
          products,
          residualNorm,
          relativeResidual,
          Double.isFinite(smallest) ? OptionalDouble.of(smallest) : OptionalDouble.empty());
    }
  }

  private static List<ConjugateGradientColumn> active(List<ConjugateGradientColumn> columns) {
    return columns.stream().filter(ConjugateGradientColumn::isActive).toList();
  }
}
