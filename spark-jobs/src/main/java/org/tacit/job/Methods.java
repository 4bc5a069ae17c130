package org.tacit.job;

import java.util.function.DoubleFunction;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.BiCgStab;
import org.tacit.linsolve.ConjugateGradient;
import org.tacit.linsolve.DenseFactorisation;
import org.tacit.linsolve.DiagonalPreconditioner;
import org.tacit.linsolve.Gmres;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Lsmr;
import org.tacit.linsolve.Minres;
import org.tacit.linsolve.NoPreconditioner;
import org.tacit.linsolve.NormalConjugateGradient;
import org.tacit.linsolve.NystromPreconditioner;
import org.tacit.linsolve.Preconditioner;
import org.tacit.linsolve.SupportRestricted;
import org.tacit.solver.Automatic;
import org.tacit.solver.Solver;

/** The methods that configurations name. */
public final class Methods {
  private static final int RESTART = 60;
  private static final int PROBES = 16;

  private Methods() {}

  /** The solver of the inner problems of all jobs. */
  public static Solver solver() {
    return new Automatic();
  }

  /** The linear solver of a configuration, for a relative tolerance. */
  public static DoubleFunction<LinearSolver> linear(LinearSettings settings) {
    return tolerance -> new SupportRestricted(method(settings, tolerance));
  }

  private static LinearSolver method(LinearSettings settings, double tolerance) {
    int budget = settings.maxIterations();
    return switch (settings.method()) {
      case AUTO -> new Auto(tolerance, budget);
      case CG -> new ConjugateGradient(tolerance, budget, preconditioner(settings));
      case MINRES -> new Minres(tolerance, budget, preconditioner(settings));
      case GMRES -> new Gmres(tolerance, budget, RESTART, preconditioner(settings));
      case BICGSTAB -> new BiCgStab(tolerance, budget);
      case LSMR -> new Lsmr(tolerance, budget);
      case NORMAL_CG -> new NormalConjugateGradient(tolerance, budget);
      case DENSE -> new DenseFactorisation(tolerance);
    };
  }

  private static Preconditioner preconditioner(LinearSettings settings) {
    return switch (settings.preconditioner()) {
      case NONE -> new NoPreconditioner();
      case DIAGONAL -> DiagonalPreconditioner.estimated(PROBES, 1);
      case NYSTROM -> NystromPreconditioner.of(settings.rank(), 1);
    };
  }
}
