package org.tacit.job;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.EarlyStopping;
import org.tacit.bilevel.Multistart;
import org.tacit.bilevel.OuterState;
import org.tacit.bilevel.Prior;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.sweep.PriorChoice;

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
    result.sweep().ifPresent(writer::sweep);
    return writer.json;
  }

  private void summary(JobResult result) {
    json.put("outcome", result.outcome().label());
    json.put("reason", result.reason());
    json.put("warnings", result.warnings());
    json.put(
        "names",
        ordered(
            entry("features", workspace.data().featureNames()),
            entry("thetas", workspace.thetaNames())));
    json.put("theta", numbers(result.theta()));
  }

  private void solution(JobResult result) {
    Model model = workspace.model();
    Solution inner = result.inner();
    double[] x = workspace.solution(result.theta(), inner.value()).toArray();
    json.put(
        "solution",
        ordered(
            entry("coefficients", list(Arrays.copyOf(x, model.layout().coefficients()))),
            entry(
                "intercept",
                intercept(Arrays.copyOfRange(x, model.layout().coefficients(), x.length)))));
    json.put(
        "inner",
        ordered(
            entry("method", inner.method()),
            entry("outcome", inner.outcome().label()),
            entry("objective", workspace.objective(result.theta(), inner.value())),
            entry("residualNorm", inner.residualNorm()),
            entry("iterations", inner.iterations())));
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
            entry("method", adjoint.method()),
            entry("outcome", adjoint.outcome().label()),
            entry("iterations", adjoint.iterations()),
            entry("residualNorm", adjoint.residualNorm()),
            entry("relativeResidual", adjoint.relativeResidual())));
    json.put("certificate", certificate(found.certificate()));
    found
        .jacobian()
        .ifPresent(jacobian -> json.put("jacobian", Optional.of(jacobian).flatMap(this::rows)));
  }

  private Map<String, Object> certificate(Certificate certificate) {
    return ordered(
        entry("trusted", certificate.isTrusted()),
        entry("reason", certificate.reason().map(reason -> Symbols.of(workspace).named(reason))),
        entry("residualNorm", certificate.residualNorm()),
        entry("linearResidualNorm", certificate.linearResidualNorm()),
        entry("smallestEigenvalue", certificate.smallestEigenvalue()),
        entry("solutionErrorBound", certificate.solutionError()),
        entry("hypergradientErrorBound", certificate.derivativeError()),
        entry("firstOrderEstimate", certificate.firstOrder()),
        entry("theoremBound", certificate.theorem()),
        entry("kinkDistance", certificate.kinkDistance()),
        entry("fallback", certificate.fallback()));
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
    BilevelResult tuned = tuning.descent().tuned();
    var history = tuned.history();
    Map<String, Object> way =
        ordered(
            entry("reason", Symbols.of(workspace).named(tuned.reason())),
            entry("iterations", history.size() - 1),
            entry("passes", tuning.passes()),
            entry("start", numbers(history.get(0).theta())),
            entry("firstOuterValue", history.get(0).outerValue()),
            entry("outerValues", history.stream().map(OuterState.Iteration::outerValue).toList()));
    tuning.descent().prior().ifPresent(of -> way.put("prior", prior(tuning.descent(), of)));
    tuned.judged().ifPresent(losses -> way.put("earlyStopping", stopping(losses)));
    tuning.descent().starts().ifPresent(starts -> way.put("starts", starts(starts)));
    tuning
        .gap()
        .ifPresent(
            gap -> {
              way.put("testGap", gap.gap());
              way.put("testGapStandardError", gap.standardError());
            });
    json.put("tuning", way);
    measures(tuning.losses());
  }

  private Map<String, Object> stopping(EarlyStopping.Losses judged) {
    StoppingSettings settings = workspace.settings().outer().stopping().orElseThrow();
    return ordered(
        entry("patience", settings.patience()),
        entry("fraction", settings.fraction()),
        entry("step", judged.bestStep()),
        entry("loss", judged.least()),
        entry("losses", judged.losses()));
  }

  private static Map<String, Object> prior(Descent.Found descent, Prior prior) {
    Map<String, Object> of =
        ordered(
            entry("strength", prior.strength()),
            entry("value", descent.priorValue()),
            entry("loss", descent.loss()));
    descent
        .choice()
        .ifPresent(
            choice -> of.put("tried", choice.tried().stream().map(ResultJson::strength).toList()));
    return of;
  }

  private static Map<String, Object> strength(PriorChoice.Tried tried) {
    return ordered(
        entry("strength", tried.prior().strength()),
        entry("mean", tried.score()),
        entry("standardError", tried.standardError()),
        entry("losses", tried.losses()),
        entry("reason", tried.reason()));
  }

  private Map<String, Object> starts(Multistart.Found found) {
    return ordered(
        entry("best", found.best()),
        entry("runs", found.runs().stream().map(this::start).toList()));
  }

  private Map<String, Object> start(Multistart.Run run) {
    Map<String, Object> start =
        ordered(
            entry("start", numbers(run.start())),
            entry("steps", run.steps()),
            entry("outerValue", run.value()),
            entry("outcome", Descent.how(run)),
            entry(
                "reason",
                run.failure()
                    .map(RuntimeException::getMessage)
                    .or(() -> run.result().map(BilevelResult::reason))
                    .map(Symbols.of(workspace)::named)));
    run.stoppingLoss().ifPresent(loss -> start.put("stoppingLoss", loss));
    return start;
  }

  private void sweep(JobResult.Sweep found) {
    json.put("sweep", SweepFiles.of(found).json());
    measures(found.losses());
  }

  private void measures(Comparison losses) {
    losses
        .measures()
        .forEach((name, parts) -> json.put(name.equals(Measures.LOSS) ? "losses" : name, parts));
  }

  private static Map<String, Object> grid(CommonPenaltyGrid.Found grid) {
    return ordered(
        entry("bestOuterValue", grid.best().map(best -> best.outerValue().orElseThrow())),
        entry("bestTheta", grid.best().map(CommonPenaltyGrid.Point::theta)),
        entry("passes", grid.passes()),
        entry(
            "points",
            grid.points().stream()
                .map(
                    p ->
                        ordered(
                            entry("theta", p.theta()),
                            entry("outerValue", p.outerValue()),
                            entry("outcome", p.outcome().label())))
                .toList()));
  }

  private static List<Double> numbers(Matrix column) {
    return list(column.toArray());
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @SafeVarargs
  static Map<String, Object> ordered(Map.Entry<String, ?>... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }
}
