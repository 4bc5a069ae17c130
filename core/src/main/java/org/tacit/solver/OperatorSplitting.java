package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.Problem;

/**
 * The alternating direction method of OSQP for convex quadratic programs, min 1/2 z'Qz + c'z
 * subject to E z = d and M z <= h, on their KKT equations ({@link Kkt}). No pass is needed once the
 * program is on the driver.
 *
 * <p>The program is scaled ({@link ScaledProgram}); an iteration is one solve with a matrix
 * factorised for each rho ({@link SplittingStep}), which is balanced every {@value #EVERY}
 * iterations; from there the constraints that look active are taken as equalities ({@link
 * ActiveSetPolish}), which gives solutions to rounding. Where there is none, the differences of the
 * iterates converge to a proof of it: INFEASIBLE, with y as [0; y] for which E'y_E + M'y_M = 0, y_M
 * >= 0 and d'y_E + h'y_M < 0, or UNBOUNDED, with z as [z; 0] for which Q z = 0, E z = 0, M z <= 0
 * and c'z < 0, to a relative {@value #PROOF}.
 *
 * <p>Ends as WRONG_STRUCTURE where the problem is not quadratic. Cost: four passes and a product
 * whatever the iterations, of n (n + m) operations each. Source: Stellato, Banjac, Goulart,
 * Bemporad and Boyd, OSQP: an operator splitting solver for quadratic programs, 2020, algorithms 1
 * and 2 and sections 3.4, 4 and 5.2.
 */
public record OperatorSplitting() implements Solver {
  private static final int EVERY = 25;
  private static final double PROOF = 1e-8;
  private static final double FIRST_RHO = 0.1;
  private static final double UNBALANCED = 5;

  @Override
  public String name() {
    return "osqp";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    var constraints = QuadraticSolve.constraints(name(), problem);
    QuadraticSolve solve = new QuadraticSolve(problem, name(), start, stopping);
    if (!solve.isStartFinite()) {
      return solve.ended(start, Outcome.NOT_FINITE, 0);
    }
    return QuadraticProgram.of(problem, constraints)
        .map(program -> run(program, solve, start, stopping.maxIterations()))
        .orElseGet(() -> solve.ended(start, Outcome.NOT_FINITE, 0));
  }

  private static Solution run(
      QuadraticProgram program, QuadraticSolve solve, Matrix start, int budget) {
    int n = program.variables();
    Matrix z = QuadraticProgram.rows(start, 0, n);
    Matrix y = QuadraticProgram.rows(start, n, start.rows());
    if (program.violation(z, y) <= solve.bound()) {
      return solve.ended(start, Outcome.WRONG_STRUCTURE, 0);
    }
    ScaledProgram scaled = ScaledProgram.of(program);
    SplittingStep step = new SplittingStep(scaled.program(), FIRST_RHO);
    SplittingStep.State at = scaled(scaled, z, y);
    for (int k = 1; k <= budget; k++) {
      SplittingStep.State next = step.apply(at);
      boolean isChecked = k % EVERY == 0 || k == budget;
      if (isChecked) {
        Optional<Solution> end = end(program, solve, unscaled(scaled, next), k);
        if (end.isPresent()) {
          return end.get();
        }
        Optional<Solution> proof = proof(program, solve, unscaled(scaled, minus(next, at)), k);
        if (proof.isPresent()) {
          return proof.get();
        }
        double rho = step.balanced(next);
        boolean isBalanced = rho < UNBALANCED * step.rho() && rho > step.rho() / UNBALANCED;
        step = isBalanced ? step : new SplittingStep(scaled.program(), rho);
      }
      at = next;
    }
    var last = unscaled(scaled, at);
    if (program.violation(last.z(), last.y()) > program.violation(z, y)) {
      last = new ActiveSetPolish.Pair(z, y);
    }
    return solve.ended(
        QuadraticProgram.joined(last.z(), last.y()), Outcome.BUDGET_EXHAUSTED, budget);
  }

  private static SplittingStep.State scaled(ScaledProgram scaled, Matrix z, Matrix y) {
    Matrix x = z.with(scaled.d(), (v, d) -> v / d);
    Matrix nearest = scaled.program().clip(scaled.program().a().times(x));
    return new SplittingStep.State(x, nearest, y.with(scaled.e(), (v, e) -> v * scaled.s() / e));
  }

  private static SplittingStep.State minus(SplittingStep.State a, SplittingStep.State b) {
    return new SplittingStep.State(a.x().minus(b.x()), a.z(), a.y().minus(b.y()));
  }

  private static ActiveSetPolish.Pair unscaled(ScaledProgram scaled, SplittingStep.State at) {
    return new ActiveSetPolish.Pair(
        scaled.unscaledVariables(at.x()), scaled.unscaledMultipliers(at.y()));
  }

  /** The polished solution, or this one, where it is within the bound. */
  private static Optional<Solution> end(
      QuadraticProgram program, QuadraticSolve solve, ActiveSetPolish.Pair at, int iterations) {
    Optional<ActiveSetPolish.Pair> found =
        new ActiveSetPolish(program).from(at.z(), at.y(), solve.bound());
    if (found.isEmpty() && program.violation(at.z(), at.y()) <= solve.bound()) {
      found = Optional.of(at);
    }
    return found.map(
        pair -> {
          Matrix x = QuadraticProgram.joined(pair.z(), pair.y());
          return solve.ended(x, solve.missed(program), iterations);
        });
  }

  private static Optional<Solution> proof(
      QuadraticProgram program,
      QuadraticSolve solve,
      ActiveSetPolish.Pair difference,
      int iterations) {
    int n = program.variables();
    int m = program.constraints();
    Matrix y = difference.y().times(1 / Math.max(1e-300, difference.y().maxAbs()));
    if (program.isInfeasibleBy(y, PROOF)) {
      Matrix certificate = QuadraticProgram.joined(Matrix.zeros(n, 1), y);
      return Optional.of(solve.proved(program, certificate, Outcome.INFEASIBLE, iterations));
    }
    Matrix z = difference.z().times(1 / Math.max(1e-300, difference.z().maxAbs()));
    if (program.isUnboundedAlong(z, PROOF)) {
      Matrix certificate = QuadraticProgram.joined(z, Matrix.zeros(m, 1));
      return Optional.of(solve.proved(program, certificate, Outcome.UNBOUNDED, iterations));
    }
    return Optional.empty();
  }
}
