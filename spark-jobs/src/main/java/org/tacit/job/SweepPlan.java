package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.tacit.sweep.Sweep;

/**
 * What a sweep would take, stage by stage, as {@link org.tacit.sweep} counts it: a path of about
 * sqrt(L) candidates one after another, with a Hessian a pass where that is worth it, and the
 * others together, then all folds, whose losses share their last passes; where F is affine one pass
 * for all matrices. Data and penalties make it half or twice as many: weak penalties and few rows
 * take more.
 */
record SweepPlan(Plan plan, int folds, long candidates) {
  private static final int MOST_PLANNED = 1_000_000;

  /** The best, and that of one standard error. */
  private static final int MEASURED = 2;

  /** Of a path by Hessians: of smooth objectives, and of composite ones. */
  private static final int ALONE_SMOOTH = 5;

  private static final int TOGETHER_SMOOTH = 7;
  private static final int FOLDS_SMOOTH = 20;
  private static final int ALONE_COMPOSITE = 6;
  private static final int TOGETHER_COMPOSITE = 8;
  private static final int FOLDS_COMPOSITE = 15;

  /** Two for each step of the slowest model, by rows on the driver. */
  private static final int HELD_PASSES = 9;

  /** What a configuration says. */
  static SweepPlan of(Plan plan) {
    double candidates = plan.settings().sweep().count(plan.thetas());
    return new SweepPlan(plan, plan.folds(), (long) Math.min(MOST_PLANNED, candidates));
  }

  /** By what journals call the stages; labels and rows of folds are counted in a pass each. */
  Map<String, Plan.Effort> stages() {
    long trials = folds * candidates;
    Map<String, Plan.Effort> stages = new LinkedHashMap<>();
    stages.put(Sweep.COUNTS, plan.pass(1 + folds).and(plan.pass(folds)));
    if (plan.isAffine()) {
      Plan.Effort matrices = plan.pass((1L + folds) * plan.unknowns());
      stages.put(Sweep.FOLDS, matrices.and(plan.pass(trials)));
      return stages;
    }
    stages.put(Sweep.PATH, plan.pass(trials).and(path()));
    stages.put(Sweep.FOLDS, fits(trials));
    return stages;
  }

  private Plan.Effort fits(long trials) {
    return switch (plan.way(folds, candidates)) {
      case FACTORS -> plan.pass(trials).times(FOLDS_SMOOTH);
      case MODELS -> plan.pass(trials).times(FOLDS_COMPOSITE);
      case HELD -> plan.pass(trials).times(HELD_PASSES);
      case ORDINARY -> plan.solves(trials, Plan.Start.NEXT).and(plan.pass(trials));
    };
  }

  private Plan.Effort path() {
    long alone = Math.min(candidates, 1 + (long) Math.ceil(Math.sqrt((double) candidates)));
    long together = candidates - alone;
    Plan.Effort hessian = plan.pass(1L + plan.unknowns());
    return switch (plan.way(folds, candidates)) {
      case FACTORS ->
          hessian.times((double) ALONE_SMOOTH * alone).and(rest(together, TOGETHER_SMOOTH));
      case MODELS ->
          hessian.times((double) ALONE_COMPOSITE * alone).and(rest(together, TOGETHER_COMPOSITE));
      case HELD ->
          plan.pass(1).times((double) HELD_PASSES * alone).and(rest(together, HELD_PASSES));
      case ORDINARY -> {
        Plan.Effort next = plan.solves(1, Plan.Start.NEXT).times(alone - 1.0);
        Plan.Effort first = plan.solves(1, Plan.Start.COLD).and(next);
        yield together == 0 ? first : first.and(plan.solves(together, Plan.Start.NEXT));
      }
    };
  }

  private Plan.Effort rest(long together, int passes) {
    return plan.pass(Math.max(1, together)).times(together == 0 ? 0 : passes);
  }

  /** Seconds of each. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages().forEach((stage, effort) -> seconds.put(stage, effort.seconds()));
    return seconds;
  }

  /** With what cross-validate reads before, and measures after. */
  Map<String, Plan.Effort> ofJob() {
    Map<String, Plan.Effort> all = new LinkedHashMap<>();
    all.put(StageCounts.DATA, plan.pass(1));
    all.putAll(stages());
    all.put(StageCounts.MEASURES, plan.measures(MEASURED));
    return all;
  }

  String line() {
    Map<String, Plan.Effort> all = ofJob();
    Plan.Effort whole = all.values().stream().reduce(Plan.Effort::and).orElseThrow();
    return Plan.say(
        "cross-validate  about %d passes, %s: %,d folds x %,d candidates (%s)",
        whole.count(), Plan.seconds(whole.seconds()), folds, candidates, told(all));
  }

  private static String told(Map<String, Plan.Effort> stages) {
    return stages.entrySet().stream()
        .map(stage -> told(stage.getKey(), stage.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String told(String stage, Plan.Effort effort) {
    return Plan.say("%s %d, %s", stage, effort.count(), Plan.seconds(effort.seconds()));
  }
}
