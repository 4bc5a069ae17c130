package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.model.PenalisedModel;
import org.tacit.result.CsvFile;

/** The long lists of a result, as CSV files beside its JSON. */
final class ResultFiles {
  private ResultFiles() {}

  static List<CsvFile> of(Workspace workspace, JobResult result) {
    List<CsvFile> files = new ArrayList<>();
    List<String> thetas = workspace.thetaNames();
    files.add(coefficients(workspace, result));
    files.add(new CsvFile("theta.csv", List.of("name", "theta"), thetas, result.theta()));
    result
        .sensitivity()
        .ifPresent(
            found -> {
              files.add(
                  new CsvFile(
                      "hypergradient.csv",
                      List.of("name", "hypergradient"),
                      thetas,
                      found.hypergradient().gradient()));
              found.jacobian().ifPresent(jacobian -> files.add(jacobian(workspace, jacobian)));
            });
    result
        .tuning()
        .flatMap(JobResult.Tuning::grid)
        .ifPresent(grid -> files.add(grid(grid.points())));
    return files;
  }

  /** Features x outputs, with the intercepts in the last row where there are any. */
  private static CsvFile coefficients(Workspace workspace, JobResult result) {
    PenalisedModel model = workspace.model();
    List<String> names = new ArrayList<>(workspace.data().featureNames());
    if (model.hasIntercept()) {
      names.add("(intercept)");
    }
    List<String> header = new ArrayList<>(List.of("name"));
    header.addAll(
        model.outputs() == 1
            ? List.of("coefficient")
            : IntStream.range(0, model.outputs()).mapToObj(k -> "class " + k).toList());
    double[] numbers = workspace.solution(result.theta(), result.inner().value()).toArray();
    return new CsvFile(
        "coefficients.csv", header, names, Matrix.of(names.size(), model.outputs(), numbers));
  }

  private static CsvFile jacobian(Workspace workspace, Matrix jacobian) {
    PenalisedModel model = workspace.model();
    List<String> rows = new ArrayList<>();
    for (String feature : workspace.data().featureNames()) {
      rows.addAll(named(feature, model.outputs()));
    }
    if (model.hasIntercept()) {
      rows.addAll(named("(intercept)", model.outputs()));
    }
    List<String> header = new ArrayList<>(List.of("name"));
    header.addAll(workspace.thetaNames());
    return new CsvFile("jacobian.csv", header, rows, jacobian);
  }

  private static List<String> named(String name, int outputs) {
    return outputs == 1
        ? List.of(name)
        : IntStream.range(0, outputs).mapToObj(k -> name + ", class " + k).toList();
  }

  private static CsvFile grid(List<CommonPenaltyGrid.Point> points) {
    double[] values = new double[points.size()];
    Arrays.setAll(values, k -> points.get(k).outerValue().orElse(Double.NaN));
    return new CsvFile(
        "grid.csv",
        List.of("theta", "validation loss"),
        points.stream().map(p -> String.format(Locale.ROOT, "%s", p.theta())).toList(),
        Matrix.column(values));
  }
}
