package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What tuning would take: its steps, and what stands beside them: the data's moments and the counts
 * of folds, the grid of one common penalty where there is one, the value and hypergradient that
 * steps begin with, the fit at the first theta or, after folds, the refits, and the measures of
 * what is compared.
 */
record TunePlan(Plan plan) {
  /** The start and the tuned thetas. */
  private static final int REFITTED = 2;

  /** Of a point of a grid beside its solve: what its tolerance is relative to, and the loss. */
  private static final int POINT_PASSES = 2;

  /** All but the steps. */
  Map<String, Plan.Effort> beside() {
    OuterSettings outer = plan.settings().outer();
    boolean isFolded = plan.settings().folds().isPresent();
    Map<String, Plan.Effort> stages = new LinkedHashMap<>();
    stages.put(StageCounts.DATA, plan.pass(1).and(plan.pass(plan.folds()).times(isFolded ? 1 : 0)));
    outer.grid().ifPresent(grid -> stages.put(StageCounts.GRID, grid(grid.points(), isFolded)));
    stages.put("first step", plan.solves(plan.folds(), Plan.Start.COLD).and(plan.hypergradients()));
    stages.put(
        isFolded ? "refits" : StageCounts.START,
        isFolded ? swept(REFITTED) : plan.solves(1, Plan.Start.WARM));
    stages.put(StageCounts.MEASURES, plan.measures(REFITTED + (outer.grid().isPresent() ? 1 : 0)));
    return stages;
  }

  private Plan.Effort grid(int points, boolean isFolded) {
    return isFolded
        ? swept(points)
        : plan.solves(1, Plan.Start.NEXT).and(plan.pass(1).times(POINT_PASSES)).times(points);
  }

  private Plan.Effort swept(int candidates) {
    return new SweepPlan(plan, plan.folds(), candidates)
        .stages().values().stream().reduce(Plan.Effort::and).orElseThrow();
  }

  String line() {
    Plan.Effort step = plan.step();
    int most = plan.settings().outer().maxIterations();
    Map<String, Plan.Effort> beside = beside();
    Plan.Effort whole = beside.values().stream().reduce(step.times(most), Plan.Effort::and);
    return Plan.say(
        "tune         about %d passes a step, %s; %d steps at most, and %s: about %d passes, %s",
        step.count(),
        Plan.seconds(step.seconds()),
        most,
        told(beside),
        whole.count(),
        Plan.seconds(whole.seconds()));
  }

  private static String told(Map<String, Plan.Effort> beside) {
    return beside.entrySet().stream()
        .map(stage -> stage.getKey() + " " + stage.getValue().count())
        .collect(Collectors.joining(", "));
  }
}
