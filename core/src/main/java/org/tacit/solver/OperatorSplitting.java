package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link ConstrainedMinimiser#operatorSplitting}. */
record OperatorSplitting() implements Solver {
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
    Iterates iterates = solve.iterates();
    // F is zero at points that are not feasible, too.
    iterates.judge(Double.POSITIVE_INFINITY);
    return iterates.goesOn()
        ? solve.with(constraints, program -> run(program, solve, start))
        : iterates.solution(name(), Outcome.STALLED);
  }

  private Solution run(QuadraticProgram program, QuadraticSolve solve, Matrix start) {
    Iterates iterates = solve.iterates();
    Matrix z = start.rows(0, program.variables());
    Matrix y = start.rows(program.variables(), start.rows());
    iterates.judge(Math.max(iterates.norm(), program.violation(z, y)));
    if (!iterates.goesOn()) {
      return iterates.solution(name(), Outcome.STALLED);
    }
    ScaledProgram scaled = ScaledProgram.of(program);
    SplittingStep step = new SplittingStep(scaled.program(), FIRST_RHO);
    SplittingStep.State at = scaled(scaled, z, y);
    for (int k = 1; iterates.isOpen() && iterates.hasBudget(); k++) {
      SplittingStep.State before = at;
      SplittingStep.State next = step.apply(before);
      if (k % EVERY == 0 || !iterates.hasBudget(2)) {
        Optional<Solution> end =
            end(program, solve, unscaled(scaled, next))
                .or(() -> proof(program, solve, unscaled(scaled, minus(next, before))));
        if (end.isPresent()) {
          return end.get();
        }
        double rho = step.balanced(next);
        boolean isBalanced = rho < UNBALANCED * step.rho() && rho > step.rho() / UNBALANCED;
        step = isBalanced ? step : new SplittingStep(scaled.program(), rho);
      }
      at = next;
      if (!iterates.hasBudget(2)) {
        break;
      }
      iterates.stay();
    }
    return ended(program, solve, unscaled(scaled, at));
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
      QuadraticProgram program, QuadraticSolve solve, ActiveSetPolish.Pair at) {
    double bound = solve.iterates().bound();
    return new ActiveSetPolish(program)
        .from(at.z(), at.y(), bound)
        .or(() -> Optional.of(at).filter(pair -> program.violation(pair.z(), pair.y()) <= bound))
        .map(pair -> ended(program, solve, pair));
  }

  private static Solution ended(
      QuadraticProgram program, QuadraticSolve solve, ActiveSetPolish.Pair at) {
    Matrix x = QuadraticProgram.joined(at.z(), at.y());
    return solve.ended(program, x, program.violation(at.z(), at.y()));
  }

  private static Optional<Solution> proof(
      QuadraticProgram program, QuadraticSolve solve, ActiveSetPolish.Pair difference) {
    Matrix y = difference.y().times(1 / Math.max(1e-300, difference.y().maxAbs()));
    if (program.isInfeasibleBy(y, PROOF)) {
      return Optional.of(solve.infeasible(program, y));
    }
    Matrix z = difference.z().times(1 / Math.max(1e-300, difference.z().maxAbs()));
    return program.isUnboundedAlong(z, PROOF)
        ? Optional.of(solve.unbounded(program, z))
        : Optional.empty();
  }
}
