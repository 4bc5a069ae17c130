package org.tacit.solver;

import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * A method that finds x with F(x) = 0. Ours, a library's, or the user's: only the residual of what
 * it returns counts.
 */
public interface Solver {
  /** The method's name as results print it. */
  String name();

  /**
   * Solves from {@code start}. The solution's residual is that of F, recomputed at the end; its
   * relative residual is relative to the residual at the start.
   */
  Solution solve(Problem problem, Matrix start, Stopping stopping);

  /** This method told of a Jacobian near those to come, where it makes use of one. */
  default Solver near(Nearby known) {
    return this;
  }

  /**
   * Solves from another solution, whatever found it. The relative tolerance is then relative to a
   * residual that is small already; use an absolute one.
   */
  default Solution solve(Problem problem, Solution start, Stopping stopping) {
    return solve(problem, start.value(), stopping);
  }

  /**
   * A user's function from a problem and a start to an x near its solution. It says nothing of how
   * it went: the outcome is that of the residual at x, one pass. Once the solve's budget is spent,
   * what it asks of the problem is not a number, and takes no pass.
   */
  static Solver of(String name, BiFunction<Problem, Matrix, Matrix> function) {
    return new Method(name, Iterates.Aim.ROOT, new UserFunction(name, function)::run);
  }

  /**
   * Chooses a method by what the problem is; the solution's method says which.
   *
   * <table>
   * <caption>Choices</caption>
   * <tr><th>problem</th><th>method</th></tr>
   * <tr><td>composite objective, or a set's projection</td><td>{@link CompositeMinimiser#proximalNewton}: on a model
   *     built once where that is cheap ({@link org.tacit.operator.Cost}), on products with the
   *     Hessian elsewhere</td></tr>
   * <tr><td>mirror descent</td><td>{@link CompositeMinimiser#mirrorDescent}</td></tr>
   * <tr><td>KKT equations without inequalities</td><td>{@link ConstrainedMinimiser#equalityProgram} where they are those
   *     of a quadratic program, else {@link Minimiser#newtonPolished}</td></tr>
   * <tr><td>KKT equations whose matrix is cheap</td><td>{@link ConstrainedMinimiser#interiorPoint}; where that
   *     does not converge, {@link ConstrainedMinimiser#operatorSplitting}, which proves infeasibility</td></tr>
   * <tr><td>KKT equations, others</td><td>{@link ConstrainedMinimiser#operatorSplitting} where they are those of a quadratic
   *     program, else {@link ConstrainedMinimiser#interiorPoint}</td></tr>
   * <tr><td>any other</td><td>{@link Minimiser#newtonPolished}</td></tr>
   * </table>
   */
  static Solver automatic() {
    return new Automatic();
  }

  /**
   * What a listener is told of one iteration.
   *
   * @param iteration its number, from 1
   * @param passes evaluations and products so far
   * @param x where the method stands
   * @param residual F(x)
   * @param value the objective at x, where there is one
   */
  record Iteration(int iteration, int passes, Matrix x, Matrix residual, OptionalDouble value) {
    /** |F(x)|. */
    public double residualNorm() {
      return residual.norm();
    }
  }
}
