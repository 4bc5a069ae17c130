package org.tacit.job;

import java.util.function.DoubleFunction;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.ConjugateGradient;
import org.tacit.linsolve.DenseFactorisation;
import org.tacit.linsolve.LinearSolver;
import org.tacit.solver.Automatic;
import org.tacit.solver.Solver;

/** The methods that configurations name. */
public final class Methods {
  private Methods() {}

  /** The solver of the inner problems of all jobs. */
  public static Solver solver() {
    return new Automatic();
  }

  /** The linear solver of a configuration, for a relative tolerance. */
  public static DoubleFunction<LinearSolver> linear(Settings.LinearSettings settings) {
    int maxIterations = settings.maxIterations();
    return switch (settings.method()) {
      case AUTO -> tolerance -> new Auto(tolerance, maxIterations);
      case CG -> tolerance -> new ConjugateGradient(tolerance, maxIterations);
      case DENSE -> DenseFactorisation::new;
    };
  }
}
