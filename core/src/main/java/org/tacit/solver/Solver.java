package org.tacit.solver;

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
}
