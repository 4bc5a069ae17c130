package org.tacit.solver;

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
    return new UserFunction(name, function);
  }
}
