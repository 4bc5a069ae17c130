package org.tacit.solver;

import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/** {@link Solver#automatic}. */
record Automatic(Nearby nearby) implements Solver {
  private static final int SPLITTINGS = 20_000;

  /** Nothing is known of a neighbour. */
  public Automatic() {
    this(Nearby.NOTHING);
  }

  @Override
  public Automatic near(Nearby known) {
    return new Automatic(known);
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    if (problem.as(CompositeProblem.class).isPresent()) {
      return CompositeMinimiser.proximalNewton().solve(problem, start, stopping);
    }
    if (problem.as(MirrorProblem.class).isPresent()) {
      return CompositeMinimiser.mirrorDescent().solve(problem, start, stopping);
    }
    return problem
        .as(Problem.Constraints.class)
        .map(constraints -> constrained(constraints, problem, start, stopping))
        .orElseGet(() -> NewtonPolished.of().near(nearby).solve(problem, start, stopping));
  }

  private static Solution constrained(
      Problem.Constraints constraints, Problem problem, Matrix start, Stopping stopping) {
    MethodsInTurn stages = new MethodsInTurn(problem, start, stopping);
    boolean isQuadratic = constraints.isQuadratic();
    if (constraints.inequalities() == 0) {
      return isQuadratic
          ? orElse(NewtonPolished.of(), stages, stages.solve(new EqualityProgram()))
          : stages.solve(NewtonPolished.of());
    }
    Solver interior = new InteriorPoint();
    if (isQuadratic && !problem.cost().isCheapWhole()) {
      return orElse(interior, stages, stages.solve(new OperatorSplitting(), SPLITTINGS));
    }
    Solution solution = stages.solve(interior);
    if (isSettled(solution) || !stages.isOpen()) {
      return solution;
    }
    Solution other = stages.solve(new OperatorSplitting(), SPLITTINGS);
    boolean saysMore = isSettled(other) || other.residualNorm() < solution.residualNorm();
    return saysMore ? other : stages.whole(solution);
  }

  /** By another method where the program was another than what was read off it. */
  private static Solution orElse(Solver other, MethodsInTurn stages, Solution solution) {
    boolean isAnother = solution.outcome() == Outcome.WRONG_STRUCTURE;
    return isAnother && stages.isOpen() ? stages.solve(other) : solution;
  }

  private static boolean isSettled(Solution solution) {
    return switch (solution.outcome()) {
      case CONVERGED, INFEASIBLE, UNBOUNDED, CANCELLED -> true;
      default -> false;
    };
  }
}
