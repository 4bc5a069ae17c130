package org.tacit.bilevel;

import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.tacit.bilevel.OuterTrial.Solved;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.solver.Stopping;

/**
 * The inner solves of an outer optimisation. Tolerances are relative to |F(0, theta)|, taken where
 * it is largest: at first, and again where x has grown tenfold, since a start above an l1 penalty's
 * largest useful value has F(0, theta) = 0.
 *
 * <p>What a solution knows of its Hessian serves the next ({@link Nearby}).
 *
 * <p>A value that is not finite, thrown or returned, refuses its theta.
 */
final class OuterSolves {
  private static final double GROWTH = 10;

  private final BilevelProblem problem;
  private final DoubleFunction<LinearSolver> linearSolver;
  private Passes passes;
  private double reference;
  private double size;
  private Nearby nearby = Nearby.NOTHING;

  OuterSolves(BilevelProblem problem, DoubleFunction<LinearSolver> linearSolver, Passes passes) {
    this.problem = problem;
    this.linearSolver = linearSolver;
    this.passes = passes;
  }

  /** The passes to come belong to this step. */
  void beginStep(int step) {
    passes = passes.within("outer " + step);
  }

  /** Solved to a tolerance, or refused before the outer value is asked for. */
  OuterTrial converged(Matrix theta, Matrix start, double tolerance) {
    return trial(theta, start, tolerance, Outcome::isConverged);
  }

  /** Solved as well as the budget allows, whatever the outcome. */
  OuterTrial bestOf(Matrix theta, Matrix start, double tolerance) {
    return trial(theta, start, tolerance, outcome -> true);
  }

  private OuterTrial trial(
      Matrix theta, Matrix start, double tolerance, Predicate<Outcome> isEnough) {
    try {
      scaleBy(theta, start);
      ImplicitFunction inner = problem.inner().with(linearSolver.apply(tolerance));
      Stopping until = inner.stopping().withTolerances(0, tolerance * reference);
      ImplicitSolution solution = inner.solve(passes, theta, start, until, nearby);
      nearby = solution.nearby();
      return judged(theta, solution, isEnough);
    } catch (NotANumberException overflow) {
      return OuterTrial.refused(Outcome.NOT_FINITE);
    }
  }

  /** Closes the solution unless it is handed on. */
  private OuterTrial judged(Matrix theta, ImplicitSolution solution, Predicate<Outcome> isEnough) {
    Outcome outcome = solution.inner().outcome();
    size = size == 0 ? solution.x().norm() : size;
    Optional<Solved> solved = Optional.empty();
    try {
      if (isEnough.test(outcome) && solution.x().isFinite()) {
        var outer = problem.outerValue(passes, solution);
        outcome = Double.isFinite(outer.value()) ? outcome : Outcome.NOT_FINITE;
        solved =
            Optional.of(new Solved(theta, solution, outer))
                .filter(point -> Double.isFinite(point.outer().value()));
      }
      return new OuterTrial(outcome, solved);
    } finally {
      if (solved.isEmpty()) {
        solution.close();
      }
    }
  }

  private void scaleBy(Matrix theta, Matrix start) {
    if (reference == 0 || start.norm() > GROWTH * size) {
      Matrix zeros = Matrix.zeros(start.rows(), 1);
      reference = Math.max(reference, problem.inner().residualNorm(passes, theta, zeros));
      size = start.norm();
    }
  }

  /** What a residual is of the scale of tolerances. */
  double relative(double residualNorm) {
    return reference == 0 ? 0 : residualNorm / reference;
  }

  /** With its hypergradient; closed and empty where that is not finite. */
  Optional<OuterPoint> differentiated(Solved solved, Matrix adjointStart) {
    Optional<OuterPoint> point = Optional.empty();
    try {
      Hypergradient hypergradient =
          problem.hypergradient(solved.solution(), solved.outer(), adjointStart);
      nearby = solved.solution().nearby();
      point =
          Optional.of(new OuterPoint(solved.theta(), solved.solution(), hypergradient))
              .filter(p -> p.gradient().isFinite());
      return point;
    } catch (NotANumberException overflow) {
      return Optional.empty();
    } finally {
      if (point.isEmpty()) {
        solved.solution().close();
      }
    }
  }
}
