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
import java.util.stream.Stream;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvTable;
import org.tacit.sweep.SweepResult;

/**
 * What is written of a sweep: its part of the JSON, and a row of a CSV file for each trial and then
 * for each refit.
 */
record SweepFiles(FoldSweep sweep, int chosen, OptionalDouble testLoss, Optional<TestGap> gap) {
  /** What stands for a fold in the row of a refit. */
  private static final String ALL_ROWS = "all rows";

  static SweepFiles of(JobResult.Sweep found) {
    return new SweepFiles(found.trials(), found.chosen(), found.testLoss(), found.gap());
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
        entry("testGapStandardError", gap.map(TestGap::standardError)),
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
        "sweep.csv",
        header,
        Stream.concat(
                sweep.result().trials().stream().map(this::row),
                IntStream.range(0, sweep.count()).mapToObj(this::refit))
            .toList());
  }

  private List<String> row(SweepResult.Trial trial) {
    return row(
        trial.candidate(),
        sweep.folds().names().get(trial.fold()),
        trial.losses().isEmpty() ? "" : CsvTable.cell(trial.losses().get(0)),
        trial.fit(),
        trial.reason());
  }

  /** The fit on all rows, held-out ones and all, which has no loss of its own. */
  private List<String> refit(int candidate) {
    SweepResult.Fit fit = sweep.result().refit(candidate);
    return row(candidate, ALL_ROWS, "", fit, fit.reason());
  }

  private List<String> row(
      int candidate, String fold, String loss, SweepResult.Fit fit, Optional<String> reason) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(candidate)));
    Matrix theta = sweep.theta(candidate);
    int shown = sweep.how().isCommon() ? 1 : theta.rows();
    IntStream.range(0, shown).forEach(k -> row.add(Double.toString(theta.at(k))));
    row.add(fold);
    row.add(loss);
    row.add(fit.outcome().label());
    var solution = fit.solution();
    row.add(solution.map(s -> Integer.toString(s.iterations())).orElse(""));
    row.add(solution.map(s -> Integer.toString(s.passes())).orElse(""));
    row.add(solution.map(s -> CsvTable.cell(s.residualNorm())).orElse(""));
    row.add(reason.map(Symbols.of(sweep.workspace())::named).orElse(""));
    return row;
  }
}
