package org.tacit.solver;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link ConstrainedMinimiser#equalityProgram}. */
record EqualityProgram() implements Solver {
  private static final double DEPENDENT = 1e-13;
  private static final double ROUNDING = 1e-9;

  @Override
  public String name() {
    return "equality-constrained qp";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Problem.Constraints constraints = QuadraticSolve.constraints(name(), problem);
    if (constraints.inequalities() > 0) {
      throw new IllegalArgumentException(
          "Invalid condition for %s: %s inequalities (must be none; interior point or osqp)"
              .formatted(name(), constraints.inequalities()));
    }
    QuadraticSolve solve = new QuadraticSolve(problem, name(), start, stopping);
    return solve.iterates().goesOn()
        ? solve.with(constraints, program -> solved(program, solve))
        : solve.iterates().solution(name(), Outcome.STALLED);
  }

  private static Solution solved(QuadraticProgram program, QuadraticSolve solve) {
    int n = program.variables();
    List<Integer> all = IntStream.range(0, program.constraints()).boxed().toList();
    QuadraticProgram.Solved solved = program.solved(all, DEPENDENT);
    Matrix x = solved.x();
    Matrix right = solved.b();
    Matrix rest = right.minus(solved.k().times(x));
    if (rest.norm() > ROUNDING * Math.max(right.norm(), solved.k().maxAbs() * x.norm())) {
      Matrix nu = rest.rows(n, rest.rows());
      return nu.norm() > ROUNDING * right.norm()
          ? solve.infeasible(program, nu.times(-1))
          : solve.unbounded(program, rest.rows(0, n));
    }
    return solve.ended(program, x, 0);
  }
}
