package org.tacit.job;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvTable;
import org.tacit.sweep.SweepResult;

/** What is written of a sweep: its part of the JSON, and a row of a CSV file for each trial. */
record SweepFiles(FoldSweep sweep, int chosen, OptionalDouble testLoss) {
  static SweepFiles of(JobResult.Sweep found) {
    return new SweepFiles(found.trials(), found.chosen(), found.testLoss());
  }

  Map<String, Object> json() {
    FoldedLabels folds = sweep.folds();
    return ResultJson.ordered(
        entry("method", Section.label(sweep.how().method())),
        entry("folds", folds.names()),
        entry("heldOutRows", folds.heldOut()),
        entry("passes", sweep.passes()),
        entry("best", number(sweep.best())),
        entry("oneStandardError", number(sweep.oneStandardError())),
        entry("chosen", chosen),
        entry("mean", sweep.mean(chosen)),
        entry("standardError", sweep.standardError(chosen)),
        entry("testGap", sweep.testGap(chosen, testLoss)),
        entry("candidates", IntStream.range(0, sweep.count()).mapToObj(this::candidate).toList()));
  }

  private static Optional<Integer> number(OptionalInt index) {
    return index.stream().boxed().findFirst();
  }

  private Map<String, Object> candidate(int l) {
    return ResultJson.ordered(
        entry("theta", theta(l)),
        entry("mean", sweep.mean(l)),
        entry("standardError", sweep.standardError(l)),
        entry("losses", sweep.losses(l)),
        entry("outcome", sweep.outcome(l).label()),
        entry(
            "reason",
            sweep.result().reason(l).map(reason -> Symbols.of(sweep.workspace()).named(reason))));
  }

  /** One number where it is common to all. */
  private Object theta(int l) {
    Matrix theta = sweep.theta(l);
    return sweep.how().isCommon() ? (Object) theta.at(0) : numbers(theta);
  }

  private static List<Double> numbers(Matrix column) {
    return Arrays.stream(column.toArray()).boxed().toList();
  }

  /** {@code sweep.csv}. */
  CsvTable csv() {
    List<String> header = new ArrayList<>(List.of("candidate"));
    boolean isCommon = sweep.how().isCommon();
    header.addAll(isCommon ? List.of("theta") : sweep.workspace().thetaNames());
    header.addAll(
        List.of("fold", "loss", "outcome", "iterations", "passes", "residual norm", "reason"));
    return new CsvTable(
        "sweep.csv", header, sweep.result().trials().stream().map(this::row).toList());
  }

  private List<String> row(SweepResult.Trial trial) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(trial.candidate())));
    Matrix theta = sweep.theta(trial.candidate());
    int shown = sweep.how().isCommon() ? 1 : theta.rows();
    IntStream.range(0, shown).forEach(k -> row.add(Double.toString(theta.at(k))));
    row.add(sweep.folds().names().get(trial.fold()));
    row.add(trial.losses().isEmpty() ? "" : CsvTable.cell(trial.losses().get(0)));
    row.add(trial.fit().outcome().label());
    var solution = trial.fit().solution();
    row.add(solution.map(s -> Integer.toString(s.iterations())).orElse(""));
    row.add(solution.map(s -> Integer.toString(s.passes())).orElse(""));
    row.add(solution.map(s -> CsvTable.cell(s.residualNorm())).orElse(""));
    row.add(trial.reason().map(Symbols.of(sweep.workspace())::named).orElse(""));
    return row;
  }
}
