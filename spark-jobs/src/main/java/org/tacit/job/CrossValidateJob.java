package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tacit.config.ConfigException;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.sweep.SweepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Folds by candidates, the candidate that is chosen, and its refit on all rows. */
@Command(
    name = "cross-validate",
    aliases = "sweep",
    mixinStandardHelpOptions = true,
    description = "Fits every candidate on every fold, and the chosen one on all rows.")
final class CrossValidateJob implements Job, Callable<Integer> {
  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    return Batch.run(options, this);
  }

  @Override
  public void check(Settings settings) {
    if (settings.folds().isEmpty()) {
      throw new ConfigException(
          settings.places().of("folds")
              + "Missing key folds (add folds = 5, or give it with --set folds=5)");
    }
  }

  @Override
  public JobResult run(Workspace workspace) {
    Settings settings = workspace.settings();
    new LabelCheck(settings, workspace.data()).requireTunable();
    FoldSweep sweep =
        FoldSweep.run(
            workspace, settings.sweep(), settings.sweep().of(workspace.model(), settings.places()));
    sweep.show();
    OptionalInt chosen = sweep.chosen();
    int shown = chosen.orElse(0);
    SweepResult.Fit refit = sweep.result().refit(shown);
    Solution inner = refit.solution().orElseThrow(() -> sweep.nothing(shown));
    workspace.begin(StageCounts.MEASURES, 0);
    Comparison losses = Comparison.of(workspace, solutions(sweep)).withFolds(means(sweep));
    losses.show(settings.outer().loss().title());
    var found = JobResult.Sweep.of(sweep, shown, losses, column(settings));
    found.gap().ifPresent(gap -> gap.show(settings));
    List<String> warnings = new ArrayList<>(sweep.warnings());
    EmptyModel.warning(workspace, sweep.theta(shown), inner).ifPresent(warnings::add);
    found.gap().flatMap(TestGap::warning).ifPresent(warnings::add);
    Optional<String> reason =
        chosen.isEmpty()
            ? Optional.of("no candidate has a loss on every fold: " + sweep.reason(shown))
            : JobResult.reason("the refit on all rows", inner);
    say(sweep, chosen);
    return new JobResult(
            chosen.isPresent() ? inner.outcome() : sweep.outcome(shown),
            reason,
            warnings,
            sweep.theta(shown),
            inner,
            Optional.empty(),
            Optional.empty())
        .with(found);
  }

  private static void say(FoldSweep sweep, OptionalInt chosen) {
    Console.say(
        "%s: %d fits in %d passes, %s",
        sweep.workspace().settings().name(),
        sweep.count() * (1 + sweep.folds().names().size()),
        sweep.passes(),
        chosen.isPresent()
            ? "chosen: " + sweep.name(chosen.getAsInt()) + ", refitted on all rows"
            : "no candidate has a loss on every fold");
  }

  private static String column(Settings settings) {
    return settings.sweep().choice() == SweepSettings.Choice.BEST
        ? Comparison.BEST
        : Comparison.SIMPLEST;
  }

  private static Map<String, OptionalInt> columns(FoldSweep sweep) {
    Map<String, OptionalInt> columns = new LinkedHashMap<>();
    columns.put(Comparison.BEST, sweep.best());
    columns.put(Comparison.SIMPLEST, sweep.oneStandardError());
    return columns;
  }

  private static Map<String, Optional<Matrix>> solutions(FoldSweep sweep) {
    Map<String, Optional<Matrix>> solutions = new LinkedHashMap<>();
    columns(sweep)
        .forEach(
            (column, l) ->
                solutions.put(
                    column, l.isPresent() ? sweep.refit(l.getAsInt()) : Optional.empty()));
    return solutions;
  }

  private static Map<String, OptionalDouble> means(FoldSweep sweep) {
    Map<String, OptionalDouble> means = new LinkedHashMap<>();
    columns(sweep)
        .forEach(
            (column, l) ->
                means.put(
                    column, l.isPresent() ? sweep.mean(l.getAsInt()) : OptionalDouble.empty()));
    return means;
  }
}
