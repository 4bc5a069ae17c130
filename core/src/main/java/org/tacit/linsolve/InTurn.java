package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.tacit.operator.LinearOperator;

/**
 * A method, and another that goes on from where the first did not converge. The solution has the
 * name of the one it came from, and counts the products of both.
 */
record InTurn(LinearSolver first, LinearSolver second) implements LinearSolver {
  @Override
  public String name() {
    return first.name() + ", " + second.name();
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    PreparedSolver one = first.prepare(operator);
    PreparedSolver two = second.prepare(operator);
    return (of, b, start) -> {
      Solution found = one.solve(of, b, start);
      boolean isEnd = found.outcome().isConverged() || found.outcome() == Outcome.NOT_FINITE;
      return isEnd ? found : joined(found, two.solve(of, b, found.value()));
    };
  }

  /** A solution that went on from another. */
  static Solution joined(Solution before, Solution after) {
    OptionalDouble smallest =
        DoubleStream.concat(
                before.smallestEigenvalue().stream(), after.smallestEigenvalue().stream())
            .min();
    return new Solution(
        after.value(),
        after.outcome(),
        after.method(),
        before.iterations() + after.iterations(),
        after.residualNorm(),
        after.relativeResidual(),
        smallest);
  }
}
