package org.tacit.job;

import org.tacit.config.Section;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;

/**
 * The adjoint solve: its method and preconditioner, relative residual, and budget.
 *
 * @param rank of a Nystrom preconditioner
 */
record LinearSettings(
    Method method, Preconditioning preconditioner, int rank, double tolerance, int maxIterations) {
  private static final int RESTART = 60;
  private static final int PROBES = 16;

  /** The method for linear systems. */
  enum Method {
    /** By structure and size. */
    AUTO,
    CG,
    MINRES,
    GMRES,
    BICGSTAB,
    LSMR,
    NORMAL_CG,
    DENSE
  }

  /** What makes a method of Krylov's kind need fewer iterations. */
  enum Preconditioning {
    NONE,
    /** The operator's diagonal, exact where it is known, in one pass. */
    DIAGONAL,
    /** A randomised sketch of the operator, in one pass. */
    NYSTROM
  }

  static LinearSettings of(Section root) {
    Section linear =
        root.section("linear", "method", "preconditioner", "rank", "tolerance", "max-iterations");
    Method method = linear.choice("method", Method.class).orElse(Method.AUTO);
    Preconditioning preconditioner =
        linear.choice("preconditioner", Preconditioning.class).orElse(Preconditioning.NONE);
    boolean takesOne = method == Method.CG || method == Method.MINRES || method == Method.GMRES;
    if (preconditioner != Preconditioning.NONE && !takesOne) {
      throw linear.wrong("preconditioner", "none, or linear.method be one of cg | minres | gmres");
    }
    return new LinearSettings(
        method,
        preconditioner,
        linear.integer("rank", 64, 1),
        Settings.tolerance(linear),
        linear.integer("max-iterations", 1000, 1));
  }

  /** The solver for a relative tolerance. */
  LinearSolver solver(double relativeTolerance) {
    return LinearSolver.restricted(method(relativeTolerance));
  }

  private LinearSolver method(double relativeTolerance) {
    int budget = maxIterations;
    return switch (method) {
      case AUTO -> LinearSolver.auto(relativeTolerance, budget, LinearSolver.Promise.PROBED);
      case CG -> LinearSolver.conjugateGradient(relativeTolerance, budget, preconditioned());
      case MINRES -> LinearSolver.minres(relativeTolerance, budget, preconditioned());
      case GMRES -> LinearSolver.gmres(relativeTolerance, budget, RESTART, preconditioned());
      case BICGSTAB -> LinearSolver.biCgStab(relativeTolerance, budget);
      case LSMR -> LinearSolver.lsmr(relativeTolerance, budget);
      case NORMAL_CG -> LinearSolver.normalConjugateGradient(relativeTolerance, budget);
      case DENSE -> LinearSolver.dense(relativeTolerance);
    };
  }

  private Preconditioner preconditioned() {
    return switch (preconditioner) {
      case NONE -> Preconditioner.none();
      case DIAGONAL -> Preconditioner.estimatedDiagonal(PROBES, 1);
      case NYSTROM -> Preconditioner.nystrom(rank, 0, 1);
    };
  }
}
