package org.tacit.job;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.bilevel.OuterIteration;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;

/**
 * The JSON of what a job found, all of it written here, in one order of keys. A number that is not
 * there, or not finite, is null; long lists are also in {@link ResultFiles}.
 */
final class ResultJson {
  private static final int MOST_OF_A_JACOBIAN = 10_000;

  private final Workspace workspace;
  private final Map<String, Object> json = new LinkedHashMap<>();

  private ResultJson(Workspace workspace) {
    this.workspace = workspace;
  }

  static Map<String, Object> of(Workspace workspace, JobResult result) {
    ResultJson writer = new ResultJson(workspace);
    writer.summary(result);
    writer.solution(result);
    result.sensitivity().ifPresent(writer::sensitivity);
    result.tuning().ifPresent(writer::tuning);
    return writer.json;
  }

  private void summary(JobResult result) {
    json.put("outcome", result.outcome().label());
    json.put("reason", result.reason());
    json.put("warnings", result.warnings());
    json.put(
        "names",
        ordered("features", workspace.data().featureNames(), "thetas", workspace.thetaNames()));
    json.put("theta", numbers(result.theta()));
  }

  private void solution(JobResult result) {
    Model model = workspace.model();
    Solution inner = result.inner();
    double[] x = workspace.solution(result.theta(), inner.value()).toArray();
    json.put(
        "solution",
        ordered(
            "coefficients",
            list(Arrays.copyOf(x, model.layout().coefficients())),
            "intercept",
            intercept(Arrays.copyOfRange(x, model.layout().coefficients(), x.length))));
    json.put(
        "inner",
        ordered(
            "method",
            inner.method(),
            "outcome",
            inner.outcome().label(),
            "objective",
            workspace.objective(result.theta(), inner.value()),
            "residualNorm",
            inner.residualNorm(),
            "iterations",
            inner.iterations()));
  }

  /**
   * A number for a model of one output, a list for several, nothing where there is no intercept.
   */
  private Optional<Object> intercept(double[] values) {
    if (values.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        workspace.model().layout().outputs() == 1 ? (Object) values[0] : list(values));
  }

  private void sensitivity(JobResult.Sensitivity found) {
    Solution adjoint = found.hypergradient().adjoint();
    json.put("outerValue", found.hypergradient().outerValue());
    json.put("hypergradient", numbers(found.hypergradient().gradient()));
    json.put(
        "linearSolve",
        ordered(
            "method",
            adjoint.method(),
            "outcome",
            adjoint.outcome().label(),
            "iterations",
            adjoint.iterations(),
            "residualNorm",
            adjoint.residualNorm(),
            "relativeResidual",
            adjoint.relativeResidual()));
    json.put("certificate", certificate(found.certificate()));
    found
        .jacobian()
        .ifPresent(jacobian -> json.put("jacobian", Optional.of(jacobian).flatMap(this::rows)));
  }

  private Map<String, Object> certificate(Certificate certificate) {
    return ordered(
        "trusted",
        certificate.isTrusted(),
        "reason",
        certificate.reason().map(reason -> Symbols.of(workspace).named(reason)),
        "residualNorm",
        certificate.residualNorm(),
        "linearResidualNorm",
        certificate.linearResidualNorm(),
        "smallestEigenvalue",
        certificate.smallestEigenvalue(),
        "solutionErrorBound",
        certificate.solutionError(),
        "hypergradientErrorBound",
        certificate.derivativeError(),
        "firstOrderEstimate",
        certificate.firstOrder(),
        "theoremBound",
        certificate.theorem(),
        "kinkDistance",
        certificate.kinkDistance(),
        "fallback",
        certificate.fallback());
  }

  /** Large ones are in their own file alone. */
  private Optional<List<List<Double>>> rows(Matrix matrix) {
    if (matrix.size() > MOST_OF_A_JACOBIAN) {
      return Optional.empty();
    }
    Matrix transposed = matrix.transpose();
    return Optional.of(
        java.util.stream.IntStream.range(0, matrix.rows())
            .mapToObj(i -> numbers(transposed.columnAt(i)))
            .toList());
  }

  private void tuning(JobResult.Tuning tuning) {
    tuning.grid().ifPresent(grid -> json.put("grid", grid(grid)));
    var history = tuning.descent().history();
    json.put(
        "tuning",
        ordered(
            "reason",
            Symbols.of(workspace).named(tuning.descent().reason()),
            "iterations",
            history.size() - 1,
            "passes",
            tuning.passes(),
            "start",
            numbers(history.get(0).theta()),
            "firstOuterValue",
            history.get(0).outerValue(),
            "outerValues",
            history.stream().map(OuterIteration::outerValue).toList()));
    tuning
        .losses()
        .measures()
        .forEach((name, parts) -> json.put(name.equals(Measures.LOSS) ? "losses" : name, parts));
  }

  private static Map<String, Object> grid(CommonPenaltyGrid.Found grid) {
    return ordered(
        "bestOuterValue",
        grid.best().map(best -> best.outerValue().orElseThrow()),
        "bestTheta",
        grid.best().map(CommonPenaltyGrid.Point::theta),
        "passes",
        grid.passes(),
        "points",
        grid.points().stream()
            .map(
                p ->
                    ordered(
                        "theta",
                        p.theta(),
                        "outerValue",
                        p.outerValue(),
                        "outcome",
                        p.outcome().label()))
            .toList());
  }

  private static List<Double> numbers(Matrix column) {
    return list(column.toArray());
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Keys and values in turn. */
  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
