package org.tacit.solver;

import java.util.List;
import java.util.Map;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.Root;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;

/** Fixed points and roots that are means over 90 rows of weights whose mean is one. */
final class FixedPointProblems {
  private static final SampleRows SAMPLE = SampleRows.smooth();
  private static final Rows ROWS = SAMPLE.symbols();

  private FixedPointProblems() {}

  static Map<String, SolverProblem> all() {
    return Map.of("cosine of rows", cosine(), "cubic of rows", cubic(), "ridge steps", ridge());
  }

  private static SolverProblem scalar(
      SolverProblem.Kind kind, Condition condition, double start, Reference reference) {
    return new SolverProblem(
        kind, SAMPLE, List.of(condition), Matrix.scalar(1), Matrix.scalar(start), reference);
  }

  /** x = t cos x. */
  private static SolverProblem cosine() {
    return scalar(
        SolverProblem.Kind.FIXED_POINT,
        FixedPoint.of(1, 1, (x, t) -> ROWS.weight().times(x.cos().times(t)).meanRows()),
        0,
        Reference.of(
            t -> Matrix.scalar(PlainSteps.bisect(0, 3, x -> t.value() * Math.cos(x) - x))));
  }

  /** x^3 - x = 2 t. */
  private static SolverProblem cubic() {
    return scalar(
        SolverProblem.Kind.SCALAR,
        Root.of(
            Parameters.vector(1),
            Parameters.vector(1),
            (x, t) ->
                ROWS.weight().times(x.square().times(x).minus(x).minus(t.times(2))).meanRows()),
        0.6,
        Reference.of(
            t -> Matrix.scalar(PlainSteps.bisect(1, 3, x -> x * x * x - x - 2 * t.value()))));
  }

  /** The ridge regression, by steps along its gradient. */
  private static SolverProblem ridge() {
    int p = 6;
    return new SolverProblem(
        SolverProblem.Kind.FIXED_POINT,
        SAMPLE,
        List.of(FixedPoint.ofGradientStep(p, p, SmoothProblems::ridge)),
        Matrix.filled(p, 1, -1.5),
        Matrix.zeros(p, 1),
        Reference.of(SmoothProblems::ridgeSolution));
  }
}
