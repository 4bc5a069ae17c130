package org.tacit.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tacit.config.ConfigException;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.result.Decimal;
import org.tacit.solver.Stopping;
import org.tacit.sweep.Candidates;
import org.tacit.sweep.Folds;
import org.tacit.sweep.Sweep;
import org.tacit.sweep.SweepResult;

/**
 * Candidates on the folds of a configuration, and what they come to.
 *
 * @param how where its candidates come from
 * @param passes those that it took
 */
record FoldSweep(
    Workspace workspace, SweepSettings how, FoldedLabels folds, SweepResult result, long passes) {
  private static final int LOSS = 0;
  private static final int MOST_SHOWN = 50;
  private static final int MOST_THETAS = 4;

  /** Fits and scores them all, with a line on the console for each stage. */
  static FoldSweep run(Workspace workspace, SweepSettings how, Candidates candidates) {
    Settings settings = workspace.settings();
    long before = workspace.passes().ledger().total();
    Folds folds = workspace.folds();
    SweepProgress progress =
        new SweepProgress(
            new SweepPlan(Plan.of(workspace), folds.count(), candidates.count()).seconds());
    Workspace told = workspace.telling(progress);
    told.begin(Sweep.COUNTS, folds.count());
    FoldedLabels labels = FoldedLabels.of(told, folds);
    Sweep sweep =
        Sweep.of(workspace.model(), List.of(settings.outer().loss()), folds, candidates)
            .until(
                Stopping.relative(settings.inner().tolerance(), settings.inner().maxIterations()))
            .within((long) how.megabytes() << 20);
    InnerMethod method = settings.inner().method();
    SweepResult result =
        (method == InnerMethod.AUTO ? sweep : sweep.with(method.solver())).run(told.passes());
    progress.end();
    return new FoldSweep(
        workspace, how, labels, result, workspace.passes().ledger().total() - before);
  }

  int count() {
    return result.candidates().count();
  }

  Matrix theta(int candidate) {
    return result.candidates().thetas().get(candidate);
  }

  /** The mean of the folds' losses; empty where a fold has none. */
  OptionalDouble mean(int candidate) {
    return result.mean(LOSS, candidate);
  }

  OptionalDouble standardError(int candidate) {
    return result.standardError(LOSS, candidate);
  }

  /** The loss of each fold, empty where it has none. */
  List<OptionalDouble> losses(int candidate) {
    return result.trials(candidate).stream()
        .map(
            trial ->
                trial.isUsable()
                    ? OptionalDouble.of(trial.losses().get(LOSS))
                    : OptionalDouble.empty())
        .toList();
  }

  OptionalInt best() {
    return result.best(LOSS);
  }

  OptionalInt oneStandardError() {
    return result.oneStandardError(LOSS);
  }

  /** The one that is asked for; none where no candidate has a loss on every fold. */
  OptionalInt chosen() {
    return how.choice() == SweepSettings.Choice.BEST ? best() : oneStandardError();
  }

  /** The solution on all rows, where it converged. */
  Optional<Matrix> refit(int candidate) {
    return result.refit(candidate).x();
  }

  /** As the grid of one common penalty that it is. */
  CommonPenaltyGrid.Found asGrid(OuterSettings.Grid grid) {
    List<CommonPenaltyGrid.Point> points =
        IntStream.range(0, count())
            .mapToObj(
                l -> new CommonPenaltyGrid.Point(theta(l).at(0), mean(l), outcome(l), refit(l)))
            .toList();
    return new CommonPenaltyGrid.Found(
        grid,
        points,
        best().isPresent() ? Optional.of(points.get(best().getAsInt())) : Optional.empty(),
        passes);
  }

  /** A line for each candidate, or for the best of many. */
  void show() {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(header(), "mean " + result.losses().get(LOSS) + " loss", "standard error", ""));
    IntStream all = IntStream.range(0, count());
    if (count() > MOST_SHOWN) {
      Console.say("the best %d of %d candidates", MOST_SHOWN, count());
      all =
          all.boxed()
              .sorted(Comparator.comparingDouble(l -> mean(l).orElse(Double.POSITIVE_INFINITY)))
              .limit(MOST_SHOWN)
              .mapToInt(Integer::intValue);
    }
    all.forEach(l -> table.add(List.of(name(l), cell(mean(l)), cell(standardError(l)), remark(l))));
    Console.table(table);
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? Decimal.of(value.getAsDouble(), 8) : "-";
  }

  private String remark(int candidate) {
    if (mean(candidate).isEmpty()) {
      return outcome(candidate).label();
    }
    boolean isBest = best().getAsInt() == candidate;
    boolean isSimplest = oneStandardError().getAsInt() == candidate;
    return (isBest ? "best" : "")
        + (isBest && isSimplest ? ", " : "")
        + (isSimplest ? "one standard error" : "");
  }

  /** How its fits ended: the first that did not converge. */
  Outcome outcome(int candidate) {
    return result.trials(candidate).stream()
        .map(trial -> trial.fit().outcome())
        .filter(outcome -> !outcome.isConverged())
        .findFirst()
        .orElse(mean(candidate).isPresent() ? Outcome.CONVERGED : Outcome.NOT_FINITE);
  }

  /** What {@link #name} shows: of several thetas which. */
  private String header() {
    List<String> names = workspace.thetaNames();
    if (how.isCommon() || names.size() == 1) {
      return "theta";
    }
    String first = String.join(", ", names.subList(0, Math.min(MOST_THETAS, names.size())));
    return names.size() > MOST_THETAS
        ? "candidate: theta of " + first + and(names.size() - MOST_THETAS)
        : "theta of " + first;
  }

  private static String and(int more) {
    return " and " + more + " more";
  }

  /** A candidate as messages call it; of many thetas its number, as in files, and the first few. */
  String name(int candidate) {
    Matrix theta = theta(candidate);
    int all = how.isCommon() ? 1 : theta.rows();
    String first =
        IntStream.range(0, Math.min(MOST_THETAS, all))
            .mapToObj(k -> String.format(Locale.ROOT, "%.4f", theta.at(k)))
            .collect(Collectors.joining(", "));
    return all > MOST_THETAS ? candidate + ": " + first + and(all - MOST_THETAS) : first;
  }

  /** What its numbers cannot tell. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(folds.warnings());
    List<Integer> failed =
        IntStream.range(0, count()).filter(l -> mean(l).isEmpty()).boxed().toList();
    if (!failed.isEmpty()) {
      warnings.add(
          "%s of %s candidates are not ranked, since a fit or loss of theirs failed; the first, %s, in %s"
              .formatted(failed.size(), count(), name(failed.get(0)), reason(failed.get(0))));
    }
    best().ifPresent(l -> edge(l).ifPresent(warnings::add));
    return warnings;
  }

  /** Why a candidate is not ranked: fold and reason. */
  String reason(int candidate) {
    return Symbols.of(workspace).named(result.reason(candidate).orElse("no reason"));
  }

  /** Whether some theta of the best is the smallest or largest that was tried. */
  private Optional<String> edge(int best) {
    if (!how.hasEdges() || count() < 2) {
      return Optional.empty();
    }
    List<String> at = new ArrayList<>();
    for (int k = 0; k < theta(best).rows(); k++) {
      int which = k;
      double[] tried =
          result.candidates().thetas().stream()
              .mapToDouble(theta -> theta.at(which))
              .sorted()
              .toArray();
      double value = theta(best).at(k);
      boolean isVaried = tried[0] < tried[tried.length - 1];
      if (isVaried && (value == tried[0] || value == tried[tried.length - 1])) {
        at.add(workspace.thetaNames().get(k));
      }
    }
    return at.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the best candidate, %s, is at the edge of those tried%s: the minimum may lie beyond (%s)"
                .formatted(
                    name(best),
                    how.isCommon() || theta(best).rows() == 1 ? "" : " in theta of " + at.get(0),
                    how.method() == SweepSettings.Method.LIST
                        ? "add to sweep.values"
                        : "widen sweep.from and sweep.to"));
  }

  /** How much larger the test loss is than the mean of the folds' losses. */
  OptionalDouble testGap(int candidate, OptionalDouble testLoss) {
    OptionalDouble mean = mean(candidate);
    return mean.isPresent() && testLoss.isPresent()
        ? OptionalDouble.of(testLoss.getAsDouble() - mean.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The error where nothing was fitted that could be written. */
  ConfigException nothing(int candidate) {
    return new ConfigException(
        "%scannot choose: candidate %s has no fit on all rows: %s"
            .formatted(
                workspace.settings().places().of("sweep"),
                name(candidate),
                Symbols.of(workspace).named(result.refit(candidate).reason().orElse("no reason"))));
  }
}
