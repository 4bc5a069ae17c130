package org.tacit.linsolve;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * A method given by its recurrence.
 *
 * @param label its name without preconditioner
 * @param needed the weakest structure that must be promised
 */
record Krylov(String label, Structure needed, Settings settings, Method method)
    implements LinearSolver {
  static final int DEFAULT_MAX_ITERATIONS = 1000;

  /**
   * @param relativeTolerance the bound on |b - A x| / |b|
   * @param maxIterations the most steps
   * @param preconditioner M
   */
  record Settings(double relativeTolerance, int maxIterations, Preconditioner preconditioner) {
    Settings {
      Require.tolerance(relativeTolerance);
      Require.maxIterations(maxIterations);
    }

    static Settings of(double relativeTolerance, int maxIterations) {
      return new Settings(relativeTolerance, maxIterations, Preconditioner.none());
    }
  }

  /**
   * {@link LinearSolver#conjugateGradient}, where there are {@link LinearOperator#blocks} of each
   * of them, side by side; M must be diagonal then.
   */
  static Krylov conjugateGradient(Settings settings, List<Integer> blocks) {
    return new Krylov(
        "CG",
        Structure.POSITIVE_DEFINITE,
        settings,
        (m, a) -> (r, target) -> new ConjugateGradientRecurrence(r, target, m, blocks));
  }

  /** The recurrence for one operator and its preconditioner. */
  interface Method {
    Recurrence.Method on(Preconditioned m, LinearOperator operator);
  }

  @Override
  public String name() {
    return Preconditioned.named(label, settings.preconditioner);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.structure(operator, needed, label);
    Preconditioner.Prepared m = settings.preconditioner.prepare(operator);
    Preparation preparation = new Preparation(m.products());
    RightSide.Settings each =
        new RightSide.Settings(
            settings.relativeTolerance,
            settings.maxIterations,
            method.on(new Preconditioned(m), operator));
    return (of, b, start) -> {
      LinearOperator by = of.in(operator);
      Require.system(by.cols(), b, start);
      List<RightSide> columns =
          IntStream.range(0, b.cols())
              .mapToObj(j -> new RightSide(each, b.columnAt(j), start.columnAt(j)))
              .toList();
      return Lockstep.run(by, columns, name(), preparation.due());
    };
  }
}
