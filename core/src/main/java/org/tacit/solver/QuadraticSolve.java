package org.tacit.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Constraints;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** How a solve of KKT equations ends: by F itself, not by the program that was read off it. */
final class QuadraticSolve {
  private static final double ROUNDING = 1e-9;

  private final Problem problem;
  private final String method;
  private final double first;
  private final double bound;

  QuadraticSolve(Problem problem, String method, Matrix start, Stopping stopping) {
    this.problem = problem;
    this.method = method;
    this.first = norm(start).orElse(Double.NaN);
    this.bound = stopping.bound(first);
  }

  static Constraints constraints(String method, Problem problem) {
    return problem
        .constraints()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid condition for " + method + ": no constraints (must be a Kkt)"));
  }

  boolean isStartFinite() {
    return Double.isFinite(first);
  }

  boolean isStartConverged() {
    return first <= bound;
  }

  double bound() {
    return bound;
  }

  /** A solution at x, converged where F is within the bound; else as {@code otherwise} says. */
  Solution ended(Matrix x, Outcome otherwise, int iterations) {
    double norm = norm(x).orElse(Double.NaN);
    return solution(x, norm <= bound ? Outcome.CONVERGED : otherwise, iterations, norm);
  }

  /** Why x = [z; y] is none: the program that was read off is another, or known no better. */
  Outcome missed(QuadraticProgram program) {
    return isRead(program) ? Outcome.STALLED : Outcome.WRONG_STRUCTURE;
  }

  /** A certificate that the program has no solution, if F is that of the program. One pass. */
  Solution proved(QuadraticProgram program, Matrix certificate, Outcome outcome, int iterations) {
    return solution(
        certificate,
        isRead(program) ? outcome : Outcome.WRONG_STRUCTURE,
        iterations,
        norm(certificate).orElse(Double.NaN));
  }

  /** Whether F is the program's at a point it was not read off at. */
  private boolean isRead(QuadraticProgram program) {
    int size = program.variables() + program.constraints();
    Matrix point = Matrix.adopting(size, 1, new Random(23).doubles(size, 0.5, 1.5).toArray());
    Matrix z = QuadraticProgram.rows(point, 0, program.variables());
    Matrix y = QuadraticProgram.rows(point, program.variables(), size);
    Matrix expected = program.residual(z, y);
    return residual(point)
        .filter(f -> f.minus(expected).norm() <= ROUNDING * expected.norm())
        .isPresent();
  }

  private Solution solution(Matrix x, Outcome outcome, int iterations, double norm) {
    double relative = first == 0 ? norm : norm / first;
    return new Solution(x, outcome, method, iterations, norm, relative, OptionalDouble.empty());
  }

  private Optional<Double> norm(Matrix x) {
    return residual(x).map(Matrix::norm);
  }

  private Optional<Matrix> residual(Matrix x) {
    if (!x.isFinite()) {
      return Optional.empty();
    }
    try {
      return Optional.of(problem.evaluate(x).residual()).filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
