package org.tacit.solver;

import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * A solve of KKT equations by the program that is read off them: its passes and iterations count as
 * those of every solver, and it ends by F itself.
 */
record QuadraticSolve(Problem problem, String method, Iterates iterates) {
  private static final double ROUNDING = 1e-9;

  QuadraticSolve(Problem problem, String method, Matrix start, Stopping stopping) {
    this(problem, method, new Iterates(problem, start, stopping));
  }

  static Problem.Constraints constraints(String method, Problem problem) {
    return Method.part(
        method, problem, Problem.Constraints.class, "no constraints (must be a Kkt)");
  }

  /** The program, or how the solve ends without one. */
  Solution with(Problem.Constraints constraints, Function<QuadraticProgram, Solution> solver) {
    if (!constraints.isQuadratic()) {
      return iterates.solution(method, Outcome.WRONG_STRUCTURE);
    }
    return QuadraticProgram.of(new Metered.Whole(problem, iterates), constraints)
        .map(solver)
        .orElseGet(() -> iterates.solution(method, Outcome.NOT_FINITE));
  }

  /**
   * The solve's end at x = [z; y], as {@code howFar} from a solution as the program says: converged
   * where F is within the bound; else the program that was read off is another, or known no better.
   */
  Solution ended(QuadraticProgram program, Matrix x, double howFar) {
    Outcome otherwise = Outcome.NOT_FINITE;
    Optional<Problem.Evaluated> there = iterates.evaluate(x);
    if (there.isPresent()) {
      double norm = there.get().residual().norm();
      iterates.moveTo(x, there.get(), Math.max(norm, howFar));
      boolean isMissed = !iterates.isConverged() && isRead(program).filter(is -> !is).isPresent();
      otherwise = isMissed ? Outcome.WRONG_STRUCTURE : Outcome.STALLED;
    } else {
      iterates.stay();
    }
    return iterates.solution(method, otherwise);
  }

  /** With y as a proof that no z is feasible ({@link QuadraticProgram#isInfeasibleBy}). */
  Solution infeasible(QuadraticProgram program, Matrix y) {
    Matrix none = Matrix.zeros(program.variables(), 1);
    return proved(program, QuadraticProgram.joined(none, y), Outcome.INFEASIBLE);
  }

  /** With z as a proof that there is no minimum ({@link QuadraticProgram#isUnboundedAlong}). */
  Solution unbounded(QuadraticProgram program, Matrix z) {
    Matrix none = Matrix.zeros(program.constraints(), 1);
    return proved(program, QuadraticProgram.joined(z, none), Outcome.UNBOUNDED);
  }

  /** A certificate that the program has no solution, if F is that of the program. Two passes. */
  private Solution proved(QuadraticProgram program, Matrix certificate, Outcome outcome) {
    iterates.stay();
    Optional<Boolean> isRead = isRead(program);
    return iterates
        .evaluate(certificate)
        .filter(at -> isRead.orElse(false))
        .map(at -> iterates.proved(method, outcome, certificate, at))
        .orElseGet(
            () ->
                iterates.solution(
                    method, isRead.orElse(true) ? Outcome.NOT_FINITE : Outcome.WRONG_STRUCTURE));
  }

  /** Whether F is the program's at a point it was not read off at; empty where it is not finite. */
  private Optional<Boolean> isRead(QuadraticProgram program) {
    int size = program.variables() + program.constraints();
    Matrix point = Matrix.adopting(size, 1, new Random(23).doubles(size, 0.5, 1.5).toArray());
    Matrix z = point.rows(0, program.variables());
    Matrix y = point.rows(program.variables(), size);
    Matrix expected = program.residual(z, y);
    return iterates
        .evaluate(point)
        .map(at -> at.residual().minus(expected).norm() <= ROUNDING * expected.norm());
  }
}
