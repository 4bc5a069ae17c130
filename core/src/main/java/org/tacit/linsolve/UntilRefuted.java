package org.tacit.linsolve;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * A method that relies on the promise that a symmetric operator is positive definite, until it
 * meets a vector with v'Av &lt; 0; from then on another method, whose solutions end as
 * WRONG_STRUCTURE. No product more than the method's own where the promise is kept.
 *
 * @param method relies on the promise, and says where it is broken
 * @param otherwise does not; it goes on from where the first did not solve the system all the same
 * @param relativeTolerance that of both
 */
record UntilRefuted(LinearSolver method, LinearSolver otherwise, double relativeTolerance)
    implements LinearSolver {
  @Override
  public String name() {
    return method.name();
  }

  @Override
  public UntilRefuted near(Nearby known) {
    return new UntilRefuted(method.near(known), otherwise, relativeTolerance);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    PreparedSolver trusting = method.prepare(operator);
    return new PreparedSolver() {
      private Optional<PreparedSolver> wary = Optional.empty();

      @Override
      public Solution solve(Of of, Matrix b, Matrix start) {
        if (wary.isPresent()) {
          return Probed.judged(wary.get().solve(of, b, start), Outcome.WRONG_STRUCTURE, 0);
        }
        Solution found = trusting.solve(of, b, start);
        boolean isRefuted = found.outcome() == Outcome.WRONG_STRUCTURE;
        if (!isRefuted || found.relativeResidual() <= relativeTolerance) {
          return found;
        }
        wary = Optional.of(otherwise.prepare(operator));
        Solution further = InTurn.joined(found, wary.get().solve(of, b, found.value()));
        return Probed.judged(further, Outcome.WRONG_STRUCTURE, 0);
      }

      @Override
      public Nearby nearby() {
        return trusting.nearby();
      }
    };
  }
}
