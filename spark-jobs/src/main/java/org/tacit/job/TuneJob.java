package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.HypergradientDescent;
import org.tacit.bilevel.OuterIteration;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * Tunes the log penalties on the validation loss by hypergradient descent, and compares with a grid
 * of one common penalty.
 */
final class TuneJob implements Job {
  @Override
  public void check(Settings settings) {
    settings.outer().requireWithinBounds(settings);
  }

  @Override
  public Map<String, Object> run(Workspace workspace) {
    Settings settings = workspace.settings();
    Map<String, Object> result = new LinkedHashMap<>();
    settings
        .outer()
        .grid()
        .ifPresent(grid -> result.put("grid", new CommonPenaltyGrid(workspace, grid).run()));
    long passesBefore = workspace.passes().ledger().total();
    BilevelResult tuned = tune(workspace);
    long passes = workspace.passes().ledger().total() - passesBefore;
    result.put("outcome", tuned.outcome().label());
    workspace.describe(result, tuned.theta(), tuned.inner());
    HypergradientReport.add(result, tuned.hypergradient(), tuned.certificate());
    result.put("tuning", tuning(tuned, passes));
    result.put("losses", losses(workspace, tuned));
    Console.say(
        "%s: tuning %s after %d iterations and %d passes",
        settings.name(), tuned.outcome().label(), tuned.history().size() - 1, passes);
    return result;
  }

  private static BilevelResult tune(Workspace workspace) {
    Settings settings = workspace.settings();
    BilevelProblem problem =
        BilevelProblem.of(
            workspace.inner(),
            workspace.model().outer(settings.outer().loss(), PenalisedModel.VALIDATION));
    HypergradientDescent descent =
        new HypergradientDescent(
            problem,
            Methods.linear(settings.linear()),
            settings.outer().bounds(),
            settings.outer().stopping(settings.inner().tolerance()));
    Console.say(
        "%9s  %16s  %12s  %10s  %8s",
        "iteration", "validation loss", "|gradient|", "tolerance", "passes");
    return descent.minimise(workspace.passes(), workspace.theta(), TuneJob::progress);
  }

  private static void progress(OuterIteration now) {
    Console.say(
        "%9d  %16.10f  %12.4e  %10.1e  %8d",
        now.iteration(),
        now.outerValue(),
        now.projectedGradientNorm(),
        now.innerTolerance(),
        now.passes());
  }

  private static Map<String, Object> tuning(BilevelResult tuned, long passes) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("iterations", tuned.history().size() - 1);
    shown.put("passes", passes);
    shown.put("firstOuterValue", tuned.history().get(0).outerValue());
    shown.put("outerValues", tuned.history().stream().map(OuterIteration::outerValue).toList());
    return shown;
  }

  /** The loss on every part before and after tuning, on the console and in the result. */
  private static Map<String, Object> losses(Workspace workspace, BilevelResult tuned) {
    Matrix before;
    try (ImplicitSolution solution = workspace.solve(workspace.theta())) {
      before = solution.x();
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of("mean " + workspace.settings().outer().loss().name() + " loss", "before", "after"));
    for (String part : workspace.data().tables().keySet()) {
      double first = loss(workspace, part, before);
      double last = loss(workspace, part, tuned.inner().value());
      table.add(List.of(part, number(first), number(last)));
      shown.put(part, Map.of("before", first, "after", last));
    }
    Console.table(table);
    return shown;
  }

  private static double loss(Workspace workspace, String part, Matrix x) {
    Var loss = workspace.model().outer(workspace.settings().outer().loss(), part);
    return workspace
        .passes()
        .in("losses")
        .evaluate(Program.of("loss", loss.node()), Map.of("x", x))
        .get("loss")
        .value();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.8f", value);
  }
}
