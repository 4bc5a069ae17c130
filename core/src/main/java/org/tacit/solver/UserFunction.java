package org.tacit.solver;

import java.util.Optional;
import java.util.function.BiFunction;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * A function of the user's as a solver: one iteration, ended as the residual at its point says. A
 * point that is not finite leaves the start. What the function asks of the problem is counted.
 */
record UserFunction(String name, BiFunction<Problem, Matrix, Matrix> function) {
  Outcome run(Problem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return Outcome.STALLED;
    }
    Matrix start = iterates.x();
    Problem metered = new Metered.Whole(problem, iterates);
    Optional<Matrix> found =
        NotANumberException.orNothing(() -> Optional.of(function.apply(metered, start)));
    found.ifPresent(x -> requireShape(x, start));
    Optional<Problem.Evaluated> there =
        found.flatMap(x -> x.equals(start) ? Optional.of(iterates.here()) : iterates.evaluate(x));
    there.ifPresentOrElse(at -> iterates.moveTo(found.orElseThrow(), at), iterates::stay);
    return there.isPresent() ? Outcome.STALLED : Outcome.NOT_FINITE;
  }

  private void requireShape(Matrix found, Matrix start) {
    if (found.rows() != start.rows() || found.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid solution of %s: %s x %s (must be %s x 1)"
              .formatted(name, found.rows(), found.cols(), start.rows()));
    }
  }
}
