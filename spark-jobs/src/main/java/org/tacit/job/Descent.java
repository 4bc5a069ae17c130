package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Multistart;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.Prior;
import org.tacit.config.ConfigException;
import org.tacit.data.RowKey;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Journal;
import org.tacit.pass.Passes;
import org.tacit.result.Decimal;
import org.tacit.sweep.Folds;
import org.tacit.sweep.PriorChoice;

/**
 * The descent of a configuration: the strength of its prior chosen where there are several, then
 * one tuning, or several starts in shared passes.
 */
final class Descent {
  private final Workspace workspace;
  private final OuterSettings outer;
  private final TuningRows rows;
  private final OuterOptimiser optimiser;

  private Descent(Workspace workspace) {
    this.workspace = workspace;
    this.outer = workspace.settings().outer();
    this.rows = TuningRows.of(workspace);
    this.optimiser = outer.optimiser(workspace.settings().inner().tolerance(), rows.stopping());
  }

  /**
   * What was found.
   *
   * @param prior that is part of the outer value
   * @param choice among strengths, where there were several
   * @param starts where there were several
   */
  record Found(
      BilevelResult tuned,
      Optional<Prior> prior,
      Optional<PriorChoice.Found> choice,
      Optional<Multistart.Found> starts) {
    /** What the prior adds to the loss. */
    double priorValue() {
      return prior.map(of -> of.value(tuned.theta())).orElse(0.0);
    }

    /** Without the prior. */
    double loss() {
      return tuned.hypergradient().outerValue() - priorValue();
    }

    /** What its numbers cannot tell. */
    List<String> warnings() {
      List<String> warnings = new ArrayList<>(tuned.remarks());
      choice.ifPresent(
          found -> {
            unranked(found).ifPresent(warnings::add);
            double best = found.tried().get(found.best().orElseThrow()).prior().strength();
            double strongest =
                found.tried().stream().mapToDouble(of -> of.prior().strength()).max().orElseThrow();
            if (best == strongest) {
              warnings.add(
                  "the strongest prior of outer.prior, %s, is the best: a stronger one, or one common penalty, may be better still"
                      .formatted(strongest));
            }
          });
      starts.ifPresent(
          found -> {
            long failed = found.runs().stream().filter(run -> run.failure().isPresent()).count();
            if (failed > 0) {
              warnings.add("%s of %s starts failed".formatted(failed, found.runs().size()));
            }
          });
      return warnings;
    }

    private static Optional<String> unranked(PriorChoice.Found found) {
      return found.tried().stream()
          .filter(of -> of.reason().isPresent())
          .findFirst()
          .map(
              of ->
                  "a prior of strength %s is not ranked: %s"
                      .formatted(of.prior().strength(), of.reason().orElseThrow()));
    }
  }

  static Found of(Workspace workspace) {
    return new Descent(workspace).found();
  }

  private Found found() {
    List<Prior> priors =
        outer.prior().priors(workspace.model().kinds(), workspace.settings().places());
    Optional<PriorChoice.Found> choice =
        outer.prior().isChosen() ? Optional.of(choice(priors)) : Optional.empty();
    Optional<Prior> prior =
        choice
            .map(found -> found.tried().get(outer.prior().chosen(found).orElseThrow()).prior())
            .or(() -> priors.stream().findFirst());
    OuterFunction function =
        function(prior.map(rows.problem()::with).orElse(rows.problem()), workspace.passes());
    if (!outer.starts().areSeveral()) {
      return new Found(alone(function, prior), prior, choice, Optional.empty());
    }
    Multistart.Found starts = together(function);
    return new Found(starts.result(), prior, choice, Optional.of(starts));
  }

  private OuterFunction function(BilevelProblem of, Passes passes) {
    return OuterFunction.of(of, workspace.settings().linear()::solver, passes)
        .within(outer.bounds());
  }

  private BilevelResult alone(OuterFunction function, Optional<Prior> prior) {
    Console.say(
        "%9s  %16s  %12s  %10s  %8s",
        "iteration",
        workspace.heldOutLoss() + (prior.isPresent() ? " + prior" : ""),
        "|gradient|",
        "tolerance",
        "passes");
    return optimiser.minimise(
        function.over(workspace.passes().telling(new Progress())), workspace.theta());
  }

  private Multistart.Found together(OuterFunction function) {
    List<Matrix> starts = outer.starts().starts(workspace);
    Multistart.Found found =
        new Multistart(optimiser, outer.starts().halveAfter()).minimise(function, starts);
    List<List<String>> table = new ArrayList<>();
    String stopping = rows.stopping().isPresent() ? "loss that stops" : "";
    table.add(List.of("start", "theta", "steps", workspace.heldOutLoss(), stopping, ""));
    IntStream.range(0, starts.size()).forEach(number -> table.add(line(number, found)));
    Console.table(table);
    return found;
  }

  private static List<String> line(int number, Multistart.Found found) {
    Multistart.Run run = found.runs().get(number);
    Matrix start = run.start();
    return List.of(
        Integer.toString(number),
        String.format(Locale.ROOT, "%.4f", start.at(0)) + (start.rows() > 1 ? ", ..." : ""),
        Integer.toString(run.steps()),
        cell(run.value()),
        cell(run.stoppingLoss()),
        how(run) + (number == found.best() ? ", best" : ""));
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? Decimal.of(value.getAsDouble(), 8) : "";
  }

  /** How a start ended. */
  static String how(Multistart.Run run) {
    return run.failure()
        .map(failed -> "failed")
        .or(() -> run.result().map(result -> result.outcome().label()))
        .orElse("others were better");
  }

  /** Of the strengths by folds, or by parts of the validation rows; one at least is ranked. */
  private PriorChoice.Found choice(List<Prior> priors) {
    PriorChoice.Found found =
        placed(() -> parts()).among(priors, optimiser, workspace.theta(), this::function);
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("prior", "mean held-out loss", "standard error", ""));
    for (int r = 0; r < priors.size(); r++) {
      PriorChoice.Tried tried = found.tried().get(r);
      table.add(
          List.of(
              Double.toString(tried.prior().strength()),
              tried.score().isPresent() ? cell(tried.score()) : "failed",
              cell(tried.standardError()),
              mark(r, found)));
    }
    Console.table(table);
    if (found.best().isEmpty()) {
      throw new ConfigException(
          "%scannot choose a prior: %s"
              .formatted(
                  workspace.settings().places().of("outer.prior"),
                  Symbols.of(workspace).named(found.tried().get(0).reason().orElseThrow())));
    }
    return found;
  }

  private static String mark(int number, PriorChoice.Found found) {
    boolean isBest = found.best().equals(OptionalInt.of(number));
    boolean isSimplest = found.oneStandardError().equals(OptionalInt.of(number));
    return (isBest ? "best" : "")
        + (isBest && isSimplest ? ", " : "")
        + (isSimplest ? "one standard error" : "");
  }

  private PriorChoice parts() {
    ImplicitFunction inner = rows.problem().inner();
    Folds parts = Folds.byHash(RowKey.COLUMN, PriorSettings.PARTS, 0);
    return rows.folds()
        .map(of -> PriorChoice.of(inner, of, workspace.passes()))
        .orElseGet(
            () ->
                PriorChoice.of(
                    inner,
                    workspace.validationLoss(),
                    TuningRows.validation(workspace),
                    outer.stopping().map(of -> parts.without(of.reserve())).orElse(parts),
                    workspace.passes()));
  }

  private PriorChoice placed(Supplier<PriorChoice> of) {
    try {
      return of.get();
    } catch (IllegalArgumentException few) {
      throw new ConfigException(
          "%scannot choose a prior: %s; give more validation rows, folds, or one strength"
              .formatted(workspace.settings().places().of("outer.prior"), few.getMessage()),
          few);
    }
  }

  /** A line on the console for each step. */
  private static final class Progress implements Journal {
    @Override
    public void outerStepped(Step now, double tolerance) {
      Console.say(
          "%9d  %16s  %12.4e  %10.1e  %8d",
          now.number(),
          Decimal.of(now.value().orElseThrow(), 10),
          now.norm(),
          tolerance,
          now.passes());
    }
  }
}
