package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.UnusableStartException;
import org.tacit.config.ConfigException;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.result.Decimal;
import org.tacit.sweep.Candidates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Tunes the log penalties on the validation loss, or on the mean loss of folds, by hypergradient
 * descent, and compares with a grid of one common penalty. After folds the tuned thetas are
 * refitted on all rows.
 */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = "Tunes the log penalties on the validation loss by hypergradient descent.")
final class TuneJob implements Job, Callable<Integer> {
  /** Of those that are refitted. */
  private static final int TUNED = 1;

  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    return Batch.run(options, this);
  }

  @Override
  public void check(Settings settings) {
    settings.outer().requireWithinBounds(settings);
    settings.outer().prior().requireParts(settings);
    settings.outer().stopping().ifPresent(stopping -> stopping.requireNumbers(settings));
  }

  @Override
  public JobResult run(Workspace workspace) {
    Settings settings = workspace.settings();
    new LabelCheck(settings, workspace.data()).requireTunable();
    Optional<CommonPenaltyGrid.Found> grid =
        settings.outer().grid().map(points -> grid(workspace, points));
    workspace.begin(StageCounts.STEPS, 0);
    long before = workspace.passes().ledger().total();
    Descent.Found descent = descent(workspace);
    BilevelResult tuned = descent.tuned();
    long passes = workspace.passes().ledger().total() - before;
    String reason = Symbols.of(workspace).named(tuned.reason());
    Optional<FoldSweep> refits = refits(workspace, tuned);
    Solution inner = refits.map(TuneJob::refit).orElse(tuned.inner());
    Outcome outcome = tuned.outcome().and(inner.outcome());
    Comparison losses = losses(workspace, grid, tuned, refits);
    losses.show(settings.outer().loss().title());
    List<String> warnings = new ArrayList<>(descent.warnings());
    Optional<String> empty = EmptyModel.warning(workspace, tuned.theta(), inner);
    empty.ifPresent(warnings::add);
    if (refits.isEmpty() && losses.loss(workspace.heldOut(), Comparison.BEFORE).isEmpty()) {
      warnings.add("the start has no losses to compare with, since its solve did not converge");
    }
    grid.ifPresent(found -> warnings.addAll(found.warnings()));
    losses.infinite().stream()
        .flatMap(part -> OverflowReport.reason(workspace, part).stream())
        .forEach(warnings::add);
    warnings.addAll(new TuningWarnings(workspace, losses).of(tuned.theta(), inner.value()));
    Console.say(
        "%s: tuning %s after %d iterations and %d passes: %s",
        settings.name(), tuned.outcome().label(), tuned.history().size() - 1, passes, reason);
    show(workspace, descent);
    Optional<JobResult.Sweep> folds =
        refits.map(sweep -> JobResult.Sweep.of(sweep, TUNED, losses, Comparison.AFTER));
    refits.ifPresent(sweep -> warnings.addAll(warnings(sweep)));
    Optional<TestGap> gap =
        folds.isPresent()
            ? folds.flatMap(JobResult.Sweep::gap)
            : TestGap.ofRows(workspace, losses, inner.value());
    gap.ifPresent(found -> found.show(settings));
    gap.flatMap(TestGap::warning).ifPresent(warnings::add);
    return new JobResult(
        outcome,
        outcome.isConverged() ? Optional.empty() : empty.or(() -> Optional.of(reason)),
        warnings,
        tuned.theta(),
        inner,
        Optional.of(
            new JobResult.Sensitivity(
                tuned.hypergradient(), tuned.certificate(), Optional.empty())),
        Optional.of(new JobResult.Tuning(descent, passes, grid, losses, gap)),
        folds);
  }

  private static CommonPenaltyGrid.Found grid(Workspace workspace, OuterSettings.Grid grid) {
    if (!workspace.isFolded()) {
      return new CommonPenaltyGrid(workspace, grid).run();
    }
    Settings settings = workspace.settings();
    SweepSettings how = settings.sweep().along(grid);
    FoldSweep sweep = FoldSweep.run(workspace, how, how.of(workspace.model(), settings.places()));
    sweep.show();
    return sweep.asGrid(grid);
  }

  /** The first theta and the tuned one on every fold and on all rows. */
  private static Optional<FoldSweep> refits(Workspace workspace, BilevelResult tuned) {
    List<Matrix> thetas = List.of(workspace.theta(), tuned.theta());
    return workspace.isFolded()
        ? Optional.of(
            FoldSweep.run(
                workspace, workspace.settings().sweep().ofThese(thetas), Candidates.list(thetas)))
        : Optional.empty();
  }

  /** What the folds cannot tell, and why one of the two has no mean of theirs. */
  private static List<String> warnings(FoldSweep refits) {
    List<String> warnings = new ArrayList<>(refits.folds().warnings());
    for (int l = 0; l < refits.count(); l++) {
      if (refits.mean(l).isEmpty()) {
        warnings.add(
            "%s no mean loss of the folds to compare with: %s"
                .formatted(
                    l == TUNED ? "the tuned thetas have" : "the start has", refits.reason(l)));
      }
    }
    return warnings;
  }

  private static Solution refit(FoldSweep refits) {
    return refits.result().refit(TUNED).solution().orElseThrow(() -> refits.nothing(TUNED));
  }

  private static Descent.Found descent(Workspace workspace) {
    Settings settings = workspace.settings();
    settings.outer().requireBoundsFor(workspace.theta().rows(), settings);
    try {
      return Descent.of(workspace);
    } catch (UnusableStartException unusable) {
      throw new ConfigException(
          settings.places().of("theta")
              + "cannot tune: "
              + unusable.getMessage()
              + OverflowReport.reason(workspace).map(reason -> "; " + reason).orElse(""),
          unusable);
    }
  }

  /** The loss and the prior apart. */
  private static void show(Workspace workspace, Descent.Found descent) {
    descent
        .prior()
        .ifPresent(
            prior ->
                Console.say(
                    "%s: %s %s, prior of strength %s %s",
                    workspace.settings().name(),
                    workspace.heldOutLoss(),
                    Decimal.of(descent.loss(), 8),
                    prior.strength(),
                    Decimal.of(descent.priorValue(), 8)));
  }

  /** What the table compares; empty where a solve did not converge. */
  private static Comparison losses(
      Workspace workspace,
      Optional<CommonPenaltyGrid.Found> grid,
      BilevelResult tuned,
      Optional<FoldSweep> refits) {
    Map<String, Optional<Matrix>> solutions = new LinkedHashMap<>();
    solutions.put(
        Comparison.BEFORE,
        refits.map(sweep -> sweep.refit(0)).orElseGet(() -> start(workspace, tuned)));
    grid.ifPresent(
        found ->
            solutions.put(Comparison.COMMON, found.best().flatMap(CommonPenaltyGrid.Point::x)));
    Solution after = refits.map(TuneJob::refit).orElse(tuned.inner());
    solutions.put(Comparison.AFTER, Optional.of(after.value()));
    workspace.begin(StageCounts.MEASURES, 0);
    Comparison losses = Comparison.of(workspace, solutions);
    return refits.map(sweep -> losses.withFolds(means(sweep, grid))).orElse(losses);
  }

  private static Map<String, OptionalDouble> means(
      FoldSweep refits, Optional<CommonPenaltyGrid.Found> grid) {
    Map<String, OptionalDouble> means = new LinkedHashMap<>();
    means.put(Comparison.BEFORE, refits.mean(0));
    grid.ifPresent(
        found ->
            means.put(
                Comparison.COMMON,
                found
                    .best()
                    .map(CommonPenaltyGrid.Point::outerValue)
                    .orElse(OptionalDouble.empty())));
    means.put(Comparison.AFTER, refits.mean(TUNED));
    return means;
  }

  /** The first theta's solution, from where the descent left it, as exactly as asked for. */
  private static Optional<Matrix> start(Workspace workspace, BilevelResult tuned) {
    workspace.begin(StageCounts.START, 1);
    try (ImplicitSolution solution = workspace.solve(workspace.theta(), tuned.start())) {
      return solution.inner().outcome().isConverged()
          ? Optional.of(solution.x())
          : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
