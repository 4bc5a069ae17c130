package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.program.Program;
import org.tacit.solver.Stopping;

/** One configuration made ready to run: its model on its tables, with the passes counted. */
final class Workspace {
  /** The name the test rows are bound to. */
  static final String TEST = "test";

  private final Settings settings;
  private final JobData data;
  private final PenalisedModel model;
  private final Passes passes;
  private final ImplicitFunction inner;
  private final Matrix theta;

  private Workspace(Settings settings, JobData data) {
    this.settings = settings;
    this.data = data;
    this.model = PenalisedModel.of(settings.model(), data.train().schema(), data.classes());
    this.passes = Passes.over(data.tables());
    this.theta = StartTheta.of(settings, model, data.featureNames());
    this.inner =
        ImplicitFunction.of(
            model.inner(),
            settings.inner().method().solver(),
            Methods.linear(settings.linear()).apply(settings.linear().tolerance()),
            Stopping.relative(settings.inner().tolerance(), settings.inner().maxIterations()));
  }

  static Workspace of(Settings settings, JobData data) {
    Workspace workspace = new Workspace(settings, data);
    ConstantColumns.refuse(workspace);
    return workspace;
  }

  Settings settings() {
    return settings;
  }

  JobData data() {
    return data;
  }

  PenalisedModel model() {
    return model;
  }

  Passes passes() {
    return passes;
  }

  ImplicitFunction inner() {
    return inner;
  }

  /** The configured log penalties, one for each of the model's. */
  Matrix theta() {
    return theta;
  }

  /** {@code solution} and {@code inner} of a result. */
  void describe(Map<String, Object> result, Matrix at, Solution solution) {
    result.put("theta", numbers(at));
    double[] x = solution.value().toArray();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("coefficients", numbers(Arrays.copyOf(x, model.coefficients())));
    parts.put("intercept", intercept(Arrays.copyOfRange(x, model.coefficients(), x.length)));
    result.put("solution", parts);
    Map<String, Object> solve = new LinkedHashMap<>();
    solve.put("method", solution.method());
    solve.put("outcome", solution.outcome().label());
    solve.put("objective", objective(at, solution.value()));
    solve.put("residualNorm", solution.residualNorm());
    solve.put("relativeResidual", solution.relativeResidual());
    solve.put("iterations", solution.iterations());
    result.put("inner", solve);
  }

  private double objective(Matrix at, Matrix x) {
    return passes
        .in("inner")
        .evaluate(Program.of("objective", model.objective().node()), Map.of("x", x, "theta", at))
        .get("objective")
        .value();
  }

  /**
   * A number for a model of one output, a list for several, nothing where there is no intercept.
   */
  private Object intercept(double[] values) {
    if (!model.hasIntercept()) {
      return null;
    }
    return model.outputs() == 1 ? values[0] : numbers(values);
  }

  /** Solves the inner problem at theta from zeros. */
  ImplicitSolution solve(Matrix at) {
    return inner.solve(passes, at);
  }

  /** Solves the inner problem at theta from {@code start}, as exactly as from zeros. */
  ImplicitSolution solve(Matrix at, Matrix start) {
    double reference = inner.residualNorm(passes, at, Matrix.zeros(start.rows(), 1));
    Stopping until = inner.stopping().withTolerances(0, settings.inner().tolerance() * reference);
    return inner.solve(passes, at, start, until);
  }

  static List<Double> numbers(Matrix column) {
    return numbers(column.toArray());
  }

  static List<Double> numbers(double[] values) {
    List<Double> list = new ArrayList<>();
    Arrays.stream(values).forEach(list::add);
    return list;
  }
}
