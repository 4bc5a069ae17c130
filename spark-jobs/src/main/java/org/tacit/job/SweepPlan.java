package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.tacit.sweep.Sweep;

/**
 * What a sweep would take, stage by stage, as {@link org.tacit.sweep} counts it: a path of about
 * sqrt(L) candidates one after another, with a Hessian a pass, and the others together, then all
 * folds, whose losses share their last passes; where F is affine one pass for all matrices. Small
 * tables and small penalties take up to twice the passes.
 */
record SweepPlan(Plan plan, int folds, long candidates) {
  /** Newton's steps of a candidate alone, a Hessian each. */
  private static final int ALONE_PASSES = 4;

  private static final int TOGETHER_PASSES = 5;
  private static final int CHORD_PASSES = 7;

  /** By what journals call the stages. */
  Map<String, Plan.Effort> stages() {
    long trials = folds * candidates;
    Map<String, Plan.Effort> stages = new LinkedHashMap<>();
    stages.put(Sweep.COUNTS, plan.pass(1 + folds));
    if (plan.isAffine()) {
      Plan.Effort matrices = plan.pass((1L + folds) * plan.unknowns());
      stages.put(Sweep.FOLDS, matrices.and(plan.pass(trials)));
      return stages;
    }
    stages.put(Sweep.PATH, plan.pass(trials).and(path()));
    Plan.Effort fits =
        plan.hasFactors()
            ? plan.pass(trials).times(CHORD_PASSES)
            : plan.solves(trials, Plan.Start.WARM).and(plan.pass(trials));
    stages.put(Sweep.FOLDS, fits);
    return stages;
  }

  private Plan.Effort path() {
    long alone = Math.min(candidates, 1 + (long) Math.ceil(Math.sqrt((double) candidates)));
    long together = candidates - alone;
    Plan.Effort first = (plan.hasFactors() ? stepAlone() : cold()).times((double) alone);
    return together == 0 ? first : first.and(rest(together));
  }

  private Plan.Effort stepAlone() {
    return plan.pass(1L + plan.unknowns()).times(ALONE_PASSES);
  }

  private Plan.Effort cold() {
    return plan.solves(1, Plan.Start.COLD);
  }

  private Plan.Effort rest(long together) {
    return plan.hasFactors()
        ? plan.pass(together).times(TOGETHER_PASSES)
        : plan.solves(together, Plan.Start.WARM);
  }

  /** Seconds of each. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages().forEach((stage, effort) -> seconds.put(stage, effort.seconds()));
    return seconds;
  }

  String line() {
    Map<String, Plan.Effort> stages = stages();
    Plan.Effort whole = stages.values().stream().reduce(Plan.Effort::and).orElseThrow();
    return Plan.say(
        "sweep        about %d passes, %s: %,d folds x %,d candidates (%s)",
        whole.count(),
        Plan.seconds(whole.seconds()),
        folds,
        candidates,
        stages.entrySet().stream()
            .map(stage -> told(stage.getKey(), stage.getValue()))
            .collect(Collectors.joining("; ")));
  }

  private static String told(String stage, Plan.Effort effort) {
    return Plan.say("%s %d, %s", stage, effort.count(), Plan.seconds(effort.seconds()));
  }
}
