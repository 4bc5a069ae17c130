package org.tacit.job;

import java.util.function.DoubleFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;
import org.tacit.linsolve.Promise;
import org.tacit.solver.Solver;

/** The methods that configurations name. */
public final class Methods {
  private static final int RESTART = 60;
  private static final int PROBES = 16;

  private Methods() {}

  /** The solver of the inner problems of all jobs. */
  public static Solver solver() {
    return Solver.automatic();
  }

  /** The linear solver of a configuration, for a relative tolerance. */
  public static DoubleFunction<LinearSolver> linear(LinearSettings settings) {
    return tolerance -> LinearSolver.restricted(method(settings, tolerance));
  }

  private static LinearSolver method(LinearSettings settings, double tolerance) {
    int budget = settings.maxIterations();
    return switch (settings.method()) {
      case AUTO -> LinearSolver.auto(tolerance, budget, Promise.PROBED);
      case CG -> LinearSolver.conjugateGradient(tolerance, budget, preconditioner(settings));
      case MINRES -> LinearSolver.minres(tolerance, budget, preconditioner(settings));
      case GMRES -> LinearSolver.gmres(tolerance, budget, RESTART, preconditioner(settings));
      case BICGSTAB -> LinearSolver.biCgStab(tolerance, budget);
      case LSMR -> LinearSolver.lsmr(tolerance, budget);
      case NORMAL_CG -> LinearSolver.normalConjugateGradient(tolerance, budget);
      case DENSE -> LinearSolver.dense(tolerance);
    };
  }

  private static Preconditioner preconditioner(LinearSettings settings) {
    return switch (settings.preconditioner()) {
      case NONE -> Preconditioner.none();
      case DIAGONAL -> Preconditioner.estimatedDiagonal(PROBES, 1);
      case NYSTROM -> Preconditioner.nystrom(settings.rank(), 0, 1);
    };
  }
}
