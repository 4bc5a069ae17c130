package org.tacit.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.model.RowWeights;
import org.tacit.pass.Passes;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/**
 * A multinomial regression on rows that count w_i times, and its loss on validation rows:
 *
 * <pre>
 *   W*(theta, omega) = argmin mean_i w(omega_i) CE(a_i W, b_i) + exp(theta) / 2 |W|^2
 *   L(theta, omega) = mean_v CE(a_v W*(theta, omega), b_v)
 * </pre>
 */
final class WeighedRows {
  private static final String ROW = "row";
  private static final double TOLERANCE = 1e-6;
  private static final int MOST = 2000;
  private static final double[] PENALTIES = {-12, 2};
  private static final double FAR = 8;

  private static final PenalisedModel.Form FORM =
      new PenalisedModel.Form(
          Loss.multinomial(),
          Average.MEAN,
          false,
          PenaltyKind.L2,
          PenaltyScope.ALL,
          List.of(),
          false);

  private final int rows;
  private final int classes;
  private final Passes passes;
  private final Schema schema;

  WeighedRows(Samples train, Samples validation, int classes) {
    this.rows = train.count();
    this.classes = classes;
    var trained = train.numberedTable(ROW);
    this.schema = trained.schema();
    this.passes =
        Passes.over(Map.of(Model.TRAIN, trained, Model.VALIDATION, validation.numberedTable(ROW)));
  }

  /** All rows count once; the penalty is tuned. */
  BilevelResult plain() {
    OuterOptimiser newton = OuterOptimiser.trustRegionNewton(stopping(MOST));
    return newton.minimise(function(FORM, Bounds.NONE), Matrix.scalar(-5));
  }

  /** Penalty and weights tuned, from this penalty and weights of 1. */
  BilevelResult tuned(double theta, int iterations, BiConsumer<Integer, Double> listener) {
    Matrix low = Matrix.column(1 + rows, k -> k == 0 ? PENALTIES[0] : -FAR);
    Matrix high = Matrix.column(1 + rows, k -> k == 0 ? PENALTIES[1] : FAR);
    return OuterOptimiser.projectedLbfgs(stopping(iterations))
        .minimise(
            function(FORM.with(new RowWeights(ROW, rows)), new Bounds(low, high)),
            Matrix.column(1 + rows, k -> k == 0 ? theta : 0),
            step -> listener.accept(step.iteration(), step.outerValue()));
  }

  private static OuterStopping stopping(int iterations) {
    return new OuterStopping(1e-3, iterations, TOLERANCE);
  }

  /** w of the omega behind theta. */
  static Matrix weights(Matrix theta) {
    return theta.rows(1, theta.rows()).map(omega -> 2 / (1 + Math.exp(-omega)));
  }

  private OuterFunction function(PenalisedModel.Form form, Bounds bounds) {
    PenalisedModel model = PenalisedModel.of(form, schema, classes);
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            Minimiser.lbfgs(),
            linear(TOLERANCE),
            Stopping.relative(TOLERANCE, MOST));
    BilevelProblem problem =
        BilevelProblem.of(inner, model.outer(Loss.multinomial(), Model.VALIDATION));
    return OuterFunction.of(problem, WeighedRows::linear, passes).within(bounds);
  }

  private static LinearSolver linear(double tolerance) {
    return LinearSolver.conjugateGradient(tolerance, MOST);
  }
}
