package org.tacit.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** Where a solve stands: its best point so far, and how much of its budget is left. */
final class Iterates {
  private final Problem problem;
  private final Stopping stopping;
  private final double firstNorm;
  private final boolean isStartFinite;
  private Matrix x;
  private Problem.Evaluated here;
  private double norm;
  private int iterations;

  Iterates(Problem problem, Matrix start, Stopping stopping) {
    this.problem = problem;
    this.stopping = stopping;
    this.x = start;
    Optional<Problem.Evaluated> first = evaluate(start);
    this.isStartFinite = first.isPresent();
    this.here =
        first.orElseGet(
            () -> new Problem.Evaluated(OptionalDouble.empty(), Matrix.zeros(start.rows(), 1)));
    this.norm = isStartFinite ? here.residual().norm() : Double.NaN;
    this.firstNorm = norm;
  }

  /** Value and residual at a point; empty when one is not finite. */
  Optional<Problem.Evaluated> evaluate(Matrix at) {
    if (!at.isFinite()) {
      return Optional.empty();
    }
    try {
      Problem.Evaluated evaluated = problem.evaluate(at);
      boolean isFinite =
          evaluated.residual().isFinite() && Double.isFinite(evaluated.value().orElse(0));
      return isFinite ? Optional.of(evaluated) : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  Matrix x() {
    return x;
  }

  Problem.Evaluated here() {
    return here;
  }

  double norm() {
    return norm;
  }

  /** The residual's norm relative to the start's. */
  double relativeNorm() {
    return firstNorm == 0 ? 0 : norm / firstNorm;
  }

  boolean isStartFinite() {
    return isStartFinite;
  }

  /** What the residual's norm must come down to. */
  double bound() {
    return stopping.bound(firstNorm);
  }

  boolean isConverged() {
    return norm <= bound();
  }

  boolean hasBudget() {
    return iterations < stopping.maxIterations();
  }

  /** Whether there is something left to do and something to do it with. */
  boolean goesOn() {
    return isStartFinite && !isConverged() && hasBudget();
  }

  /** Counts an iteration that ends at a point already evaluated. */
  void moveTo(Matrix next, Problem.Evaluated evaluated) {
    iterations++;
    backTo(next, evaluated);
  }

  /** Returns to a point evaluated before. */
  void backTo(Matrix earlier, Problem.Evaluated evaluated) {
    x = earlier;
    here = evaluated;
    norm = isStartFinite ? evaluated.residual().norm() : Double.NaN;
  }

  /** Counts an iteration that went nowhere. */
  void stay() {
    iterations++;
  }

  /**
   * The solution at the best point; {@code otherwise} says why it ended when it has not converged
   * and budget is left.
   */
  Solution solution(String method, Outcome otherwise) {
    Outcome outcome;
    if (!isStartFinite) {
      outcome = Outcome.NOT_FINITE;
    } else if (isConverged()) {
      outcome = Outcome.CONVERGED;
    } else {
      outcome = hasBudget() ? otherwise : Outcome.BUDGET_EXHAUSTED;
    }
    return new Solution(
        x, outcome, method, iterations, norm, relativeNorm(), OptionalDouble.empty());
  }
}
