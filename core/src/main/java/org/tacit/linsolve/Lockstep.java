package org.tacit.linsolve;

import java.util.List;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * Right-hand sides that advance together: one product for all that want one, another for all that
 * want a product with the transpose.
 */
final class Lockstep {
  private Lockstep() {}

  /**
   * Runs all to their end; the products spent {@code before} count as iterations too. The method
   * has this name.
   */
  static Solution run(LinearOperator operator, List<RightSide> columns, String method, int before) {
    int products = advance(operator, columns);
    return solution(columns, operator.cols(), method, before + products);
  }

  /** Runs all to their end; returns the products that took. */
  static int advance(LinearOperator operator, List<RightSide> columns) {
    int products = 0;
    int before = -1;
    while (products > before) {
      before = products;
      products += multiplied(operator, columns, RightSide.Wants.PRODUCT);
      products += multiplied(operator, columns, RightSide.Wants.TRANSPOSED_PRODUCT);
    }
    return products;
  }

  private static int multiplied(
      LinearOperator operator, List<RightSide> columns, RightSide.Wants wants) {
    List<RightSide> wanting = columns.stream().filter(c -> c.wants() == wants).toList();
    if (wanting.isEmpty()) {
      return 0;
    }
    LinearOperator factor = wants == RightSide.Wants.PRODUCT ? operator : operator.transpose();
    Matrix product = factor.apply(Matrix.beside(wanting.stream().map(RightSide::wanted).toList()));
    for (int j = 0; j < wanting.size(); j++) {
      wanting.get(j).advance(product.columnAt(j).toArray());
    }
    return 1;
  }

  /** What the columns, of this height, have come to after so many products. */
  static Solution solution(List<RightSide> columns, int height, String method, int products) {
    Outcome outcome = Outcome.CONVERGED;
    double residualNorm = 0;
    double relativeResidual = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (RightSide column : columns) {
      outcome = outcome.and(column.outcome());
      residualNorm = Math.max(residualNorm, column.residualNorm());
      relativeResidual = Math.max(relativeResidual, column.relativeResidual());
      smallest = Math.min(smallest, column.smallestValue());
    }
    return new Solution(
        columns.isEmpty()
            ? Matrix.zeros(height, 0)
            : Matrix.beside(columns.stream().map(RightSide::solution).toList()),
        outcome,
        method,
        products,
        residualNorm,
        relativeResidual,
        Double.isFinite(smallest) ? OptionalDouble.of(smallest) : OptionalDouble.empty());
  }
}
