package org.tacit.solver;

import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Constraints;
import org.tacit.optimality.Problem;

/**
 * Chooses a method by what the problem is; the solution's method says which.
 *
 * <table>
 * <caption>Choices</caption>
 * <tr><th>problem</th><th>method</th></tr>
 * <tr><td>composite objective, or a set's projection</td><td>{@link ProximalNewton}: on a model
 *     built once up to 512 unknowns, on products with the Hessian beyond</td></tr>
 * <tr><td>mirror descent</td><td>{@link AdaptiveMirrorDescent}</td></tr>
 * <tr><td>KKT equations without inequalities</td><td>{@link EqualityProgram} where they are those
 *     of a quadratic program, else {@link NewtonPolished}</td></tr>
 * <tr><td>KKT equations, up to {@value #DENSE} unknowns</td><td>{@link InteriorPoint}; where that
 *     does not converge, {@link OperatorSplitting}, which proves infeasibility</td></tr>
 * <tr><td>KKT equations, more</td><td>{@link OperatorSplitting} where they are those of a quadratic
 *     program, else {@link InteriorPoint}</td></tr>
 * <tr><td>any other</td><td>{@link NewtonPolished}</td></tr>
 * </table>
 */
public record Automatic(Nearby nearby) implements Solver {
  private static final int DENSE = 600;
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
    if (problem.composite().isPresent()) {
      return new ProximalNewton().solve(problem, start, stopping);
    }
    if (problem.mirror().isPresent()) {
      return new AdaptiveMirrorDescent().solve(problem, start, stopping);
    }
    return problem
        .constraints()
        .map(constraints -> constrained(constraints, problem, start, stopping))
        .orElseGet(() -> NewtonPolished.of().near(nearby).solve(problem, start, stopping));
  }

  private static Solution constrained(
      Constraints constraints, Problem problem, Matrix start, Stopping stopping) {
    Stages stages = new Stages(problem, start, stopping);
    if (constraints.inequalities() == 0) {
      Solution solution = stages.solve(new EqualityProgram());
      return solution.outcome() == Outcome.WRONG_STRUCTURE
          ? stages.solve(NewtonPolished.of())
          : solution;
    }
    Solver interior = new InteriorPoint();
    if (problem.size() > DENSE) {
      Solution solution = stages.solve(new OperatorSplitting(), SPLITTINGS);
      return solution.outcome() == Outcome.WRONG_STRUCTURE ? stages.solve(interior) : solution;
    }
    Solution solution = stages.solve(interior);
    boolean isSettled =
        switch (solution.outcome()) {
          case CONVERGED, INFEASIBLE, UNBOUNDED, CANCELLED -> true;
          default -> !stages.isOpen();
        };
    if (isSettled) {
      return solution;
    }
    Solution other = stages.solve(new OperatorSplitting(), SPLITTINGS);
    boolean saysMore =
        switch (other.outcome()) {
          case CONVERGED, INFEASIBLE, UNBOUNDED, CANCELLED -> true;
          default -> other.residualNorm() < solution.residualNorm();
        };
    return saysMore ? other : stages.whole(solution);
  }
}
