package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
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
    PreparedPreconditioner m = settings.preconditioner.prepare(operator);
    return new KrylovSolver(
        operator,
        name(),
        m.products(),
        new RightSide.Settings(
            settings.relativeTolerance,
            settings.maxIterations,
            method.on(new Preconditioned(m), operator)));
  }

  /** A method given by its recurrence, made ready for one operator. */
  private static final class KrylovSolver implements PreparedSolver {
    private final LinearOperator operator;
    private final String name;
    private final Preparation preparation;
    private final RightSide.Settings settings;

    /** With the products that preparing took. */
    KrylovSolver(LinearOperator operator, String name, int prepared, RightSide.Settings settings) {
      this.operator = operator;
      this.name = name;
      this.preparation = new Preparation(prepared);
      this.settings = settings;
    }

    @Override
    public Solution solve(Of of, Matrix b, Matrix start) {
      LinearOperator by = of.in(operator);
      Require.system(by.cols(), b, start);
      List<RightSide> columns = new ArrayList<>();
      for (int j = 0; j < b.cols(); j++) {
        columns.add(new RightSide(settings, b.columnAt(j), start.columnAt(j)));
      }
      return Lockstep.run(by, columns, name, preparation.due());
    }
  }
}
