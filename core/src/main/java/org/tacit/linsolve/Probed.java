package org.tacit.linsolve;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * A method that relies on the promised structure, which is tested first; where that is broken,
 * another method, whose solutions end as WRONG_STRUCTURE. The test is one product with two columns,
 * which the first solution counts.
 *
 * @param method relies on the promise
 * @param otherwise does not
 */
record Probed(LinearSolver method, LinearSolver otherwise) implements LinearSolver {
  private static final long SEED = 20210531;

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public Probed near(Nearby known) {
    return new Probed(method.near(known), otherwise);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Optional<String> fault = operator.structure().fault(operator, SEED);
    PreparedSolver prepared = (fault.isEmpty() ? method : otherwise).prepare(operator);
    Outcome verdict = fault.isEmpty() ? Outcome.CONVERGED : Outcome.WRONG_STRUCTURE;
    Preparation test = new Preparation(1);
    return new PreparedSolver() {
      @Override
      public Solution solve(Of of, Matrix b, Matrix start) {
        return judged(prepared.solve(of, b, start), verdict, test.due());
      }

      @Override
      public Nearby nearby() {
        return prepared.nearby();
      }
    };
  }

  /** The same with a verdict on the operator, and the products taken {@code before} it. */
  static Solution judged(Solution found, Outcome verdict, int before) {
    boolean isFinite = found.outcome() != Outcome.NOT_FINITE;
    return new Solution(
        found.value(),
        isFinite ? verdict.and(found.outcome()) : Outcome.NOT_FINITE,
        found.method(),
        found.iterations() + before,
        found.residualNorm(),
        found.relativeResidual(),
        found.smallestEigenvalue());
  }
}
