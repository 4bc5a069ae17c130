package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.result.CsvFile;
import org.tacit.result.ResultFile;

/** The long lists of a result, as CSV files beside its JSON. */
final class ResultFiles {
  private ResultFiles() {}

  static List<ResultFile> of(Workspace workspace, JobResult result) {
    List<ResultFile> files = new ArrayList<>();
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
        .ifPresent(grid -> files.add(grid(workspace, grid.points())));
    result.sweep().ifPresent(found -> files.add(SweepFiles.of(found).csv()));
    return files;
  }

  /** Features x outputs, with the intercepts in the last row where there are any. */
  private static CsvFile coefficients(Workspace workspace, JobResult result) {
    Model.Layout layout = workspace.model().layout();
    double[] numbers = workspace.solution(result.theta(), result.inner().value()).toArray();
    return new CsvFile(
        "coefficients.csv",
        headed(layout.columns()),
        layout.rows(),
        Matrix.of(layout.rows().size(), layout.outputs(), numbers));
  }

  private static CsvFile jacobian(Workspace workspace, Matrix jacobian) {
    return new CsvFile(
        "jacobian.csv",
        headed(workspace.thetaNames()),
        workspace.model().layout().names(),
        jacobian);
  }

  private static List<String> headed(List<String> columns) {
    List<String> header = new ArrayList<>(List.of("name"));
    header.addAll(columns);
    return header;
  }

  private static CsvFile grid(Workspace workspace, List<CommonPenaltyGrid.Point> points) {
    double[] values = new double[points.size()];
    Arrays.setAll(values, k -> points.get(k).outerValue().orElse(Double.NaN));
    return new CsvFile(
        "grid.csv",
        List.of("theta", workspace.heldOutLoss()),
        points.stream().map(p -> String.format(Locale.ROOT, "%s", p.theta())).toList(),
        Matrix.column(values));
  }
}
