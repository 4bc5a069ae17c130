package org.tacit.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.EarlyStopping;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.Prior;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;
import org.tacit.model.Average;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.sweep.Candidates;
import org.tacit.sweep.CrossValidation;
import org.tacit.sweep.Folds;
import org.tacit.sweep.PriorChoice;
import org.tacit.sweep.Reserve;
import org.tacit.sweep.Sweep;
import org.tacit.sweep.SweepResult;

/**
 * Ways to choose penalties, by the loss on test rows that none of them has seen: sets that are each
 * split five ways by seed; means, standard errors over the splits, and paired differences to one
 * common penalty by 5 folds. In process.
 */
final class RecipesBenchmark implements Bench.Benchmark {
  private static final int SPLITS = 5;
  private static final String TEST = "test";
  private static final double STRENGTH = 1e-2;
  private static final int PATIENCE = 3;
  private static final Reserve STOPPING = new Reserve(0.2, -1);
  private static final Folds FIVE = Folds.byHash(RecipeRows.ROW, 5, 0);

  private static final String REFERENCE = "common, 5 folds";

  private final Set<String> parts;

  private RecipesBenchmark(Set<String> parts) {
    this.parts = parts;
  }

  static RecipesBenchmark ofAll() {
    return new RecipesBenchmark(RecipeRows.all().keySet());
  }

  @Override
  public Set<String> parts() {
    return RecipeRows.all().keySet();
  }

  @Override
  public Bench.Benchmark of(List<String> some) {
    return new RecipesBenchmark(Set.copyOf(some));
  }

  @Override
  public void run(SparkSession spark, Report report) {
    for (Map.Entry<String, Supplier<Optional<RecipeRows>>> each : RecipeRows.all().entrySet()) {
      if (parts.contains(each.getKey())) {
        each.getValue()
            .get()
            .ifPresentOrElse(
                rows -> table(rows, report),
                () -> System.out.println(each.getKey() + " is skipped: not in TACIT_DATA"));
      }
    }
  }

  private static void table(RecipeRows rows, Report report) {
    long start = System.nanoTime();
    Map<String, double[]> losses = new LinkedHashMap<>();
    for (int seed = 0; seed < SPLITS; seed++) {
      int split = seed;
      new OneSplit(rows, rows.split(seed))
          .losses()
          .forEach(
              (recipe, loss) ->
                  losses.computeIfAbsent(recipe, r -> new double[SPLITS])[split] = loss);
      report.figure(rows.name() + ", split " + seed, (System.nanoTime() - start) * 1e-9, "s");
    }
    System.out.println(rows.described());
    System.out.printf(
        Locale.ROOT,
        "%-48s %10s %10s %12s %10s%n",
        "recipe",
        "test loss",
        "error",
        "difference",
        "error");
    double[] reference = losses.get(REFERENCE);
    losses.forEach(
        (recipe, each) -> {
          double[] difference = each.clone();
          Arrays.setAll(difference, k -> each[k] - reference[k]);
          System.out.printf(
              Locale.ROOT,
              "%-48s %10.5f %10.5f %12.5f %10.5f%n",
              recipe,
              mean(each),
              error(each),
              mean(difference),
              error(difference));
        });
    report.figure(rows.name(), (System.nanoTime() - start) * 1e-9, "s");
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The deviation over the splits, by one less, over the root of their number. */
  private static double error(double[] values) {
    double mean = mean(values);
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }

  /** All recipes on one split. */
  private static final class OneSplit {
    private final RecipeRows rows;
    private final Passes halves;
    private final Passes whole;
    private final Passes test;
    private final PenalisedModel ofTrain;
    private final PenalisedModel ofBoth;
    private final Map<String, Double> losses = new LinkedHashMap<>();

    OneSplit(RecipeRows rows, RecipeRows.Split split) {
      this.rows = rows;
      this.halves =
          Passes.over(Map.of(Model.TRAIN, split.train(), Model.VALIDATION, split.validation()));
      this.whole = Passes.over(Model.TRAIN, split.both());
      this.test = Passes.over(TEST, split.test());
      this.ofTrain = model(halves);
      this.ofBoth = model(whole);
    }

    private PenalisedModel model(Passes passes) {
      var form =
          new PenalisedModel.Form(
              rows.loss(),
              Average.MEAN,
              true,
              PenaltyKind.L2,
              PenaltyScope.FEATURE,
              List.of(),
              false);
      var moments = ColumnMoments.of(passes, new Rows(Model.TRAIN, rows.schema()));
      return PenalisedModel.of(form, rows.schema(), rows.classes()).in(moments, common(-3), 0);
    }

    private Matrix common(double theta) {
      return Matrix.filled(rows.features(), 1, theta);
    }

    private Prior prior() {
      return new Prior(0, List.of(rows.features()));
    }

    Map<String, Double> losses() {
      Matrix ofRows = byRows();
      byFolds();
      tunedByRows(ofRows);
      return losses;
    }

    private ImplicitFunction inner(PenalisedModel model) {
      return ImplicitFunction.of(model.inner()).with(rows.budget().inner());
    }

    private Var validation() {
      return ofTrain.outer(rows.loss(), Model.VALIDATION);
    }

    /** The test loss of unknowns of a model. */
    private double loss(PenalisedModel model, Matrix x, Matrix theta) {
      Var loss = model.outer(rows.loss(), TEST);
      return test.evaluate(Program.of("loss", loss.node()), Map.of("x", x, "theta", theta))
          .get("loss")
          .value();
    }

    private void add(String recipe, PenalisedModel model, Passes passes, Matrix theta) {
      try (ImplicitSolution solution = inner(model).solve(passes, theta)) {
        losses.put(recipe, loss(model, solution.x(), theta));
      }
    }

    /** Fitted on the training rows, and on the validation rows, too. */
    private void addBoth(String recipe, Matrix theta) {
      add(recipe, ofTrain, halves, theta);
      add(recipe + ", refitted", ofBoth, whole, theta);
    }

    /** From the largest penalty on, each fit started at the last. */
    private Matrix byRows() {
      BilevelProblem problem = BilevelProblem.of(inner(ofTrain), validation());
      Matrix best = common(rows.budget().high());
      Matrix x = problem.inner().condition().start();
      double least = Double.POSITIVE_INFINITY;
      for (int k = grid().size() - 1; k >= 0; k--) {
        Matrix theta = grid().get(k);
        try (ImplicitSolution solution = problem.inner().solve(halves, theta, x)) {
          double value = problem.outerValue(halves, solution).value();
          x = solution.x();
          best = value < least ? theta : best;
          least = Math.min(value, least);
        }
      }
      addBoth("common, validation rows", best);
      return best;
    }

    private List<Matrix> grid() {
      Candidates.Range range = Candidates.Range.linear(rows.budget().low(), rows.budget().high());
      return Candidates.grid(List.of(range), rows.budget().points()).thetas().stream()
          .map(theta -> common(theta.at(0)))
          .toList();
    }

    private SweepResult swept() {
      return Sweep.of(ofBoth, List.of(rows.loss()), FIVE, Candidates.list(grid()))
          .until(rows.budget().inner())
          .run(whole);
    }

    private void byFolds() {
      SweepResult sweep = swept();
      Matrix best = sweep.candidates().thetas().get(sweep.best(0).orElseThrow());
      add(REFERENCE, ofBoth, whole, best);
      add(
          "common, 5 folds, one standard error",
          ofBoth,
          whole,
          sweep.candidates().thetas().get(sweep.oneStandardError(0).orElseThrow()));
      CrossValidation folds = CrossValidation.of(ofBoth, rows.loss(), FIVE, whole);
      BilevelProblem problem = problem(folds);
      add("per feature, 5 folds", ofBoth, whole, tuned(problem, 0, best, whole));
      PriorChoice choice = PriorChoice.of(problem.inner(), folds, whole);
      strengths(choice, best)
          .forEach(
              (recipe, strength) ->
                  add(
                      "per feature, 5 folds" + recipe,
                      ofBoth,
                      whole,
                      tuned(problem, strength, best, whole)));
      CrossValidation apart = CrossValidation.of(ofBoth, rows.loss(), FIVE, STOPPING, whole);
      add(
          "per feature, 5 folds, early stopping",
          ofBoth,
          whole,
          stopped(problem(apart), apart.reserved().orElseThrow(), best, whole));
    }

    private void tunedByRows(Matrix best) {
      BilevelProblem problem = BilevelProblem.of(inner(ofTrain), validation());
      addBoth("per feature, validation rows", tuned(problem, 0, best, halves));
      Rows held = new Rows(Model.VALIDATION, rows.schema());
      PriorChoice choice = PriorChoice.of(problem.inner(), validation(), held, FIVE, halves);
      strengths(choice, best)
          .forEach(
              (recipe, strength) ->
                  addBoth(
                      "per feature, validation rows" + recipe,
                      tuned(problem, strength, best, halves)));
      ImplicitFunction inner = inner(ofTrain);
      Reserve.Losses apart =
          STOPPING.of(inner.condition(), validation(), held, RecipeRows.ROW, halves);
      addBoth(
          "per feature, validation rows, early stopping",
          stopped(BilevelProblem.of(inner, apart.tuned()), apart.reserved(), best, halves));
    }

    private Matrix stopped(BilevelProblem problem, Var loss, Matrix start, Passes passes) {
      return EarlyStopping.of(optimiser(), loss, PATIENCE)
          .minimise(function(problem, passes), start)
          .theta();
    }

    /**
     * The strengths of priors, one that is fixed and those chosen, by what their recipes are
     * called.
     */
    private Map<String, Double> strengths(PriorChoice choice, Matrix start) {
      Map<String, Double> chosen = new LinkedHashMap<>();
      chosen.put(", prior of strength " + STRENGTH, STRENGTH);
      List<Double> all = rows.budget().strengths();
      if (all.isEmpty()) {
        return chosen;
      }
      List<Prior> priors = all.stream().map(prior()::withStrength).toList();
      PriorChoice.Found found = choice.among(priors, optimiser(), start, this::function);
      chosen.put(", prior", all.get(found.best().orElseThrow()));
      chosen.put(", prior, one standard error", all.get(found.oneStandardError().orElseThrow()));
      return chosen;
    }

    private BilevelProblem problem(CrossValidation folds) {
      BilevelProblem exact = folds.problem();
      return BilevelProblem.of(exact.inner().with(rows.budget().inner()), folds.objective());
    }

    private Matrix tuned(BilevelProblem problem, double strength, Matrix start, Passes passes) {
      BilevelProblem with = problem.with(prior().withStrength(strength));
      return optimiser().minimise(function(with, passes), start).theta();
    }

    /** Hessians of more thetas than this cost more than they save here. */
    private OuterOptimiser optimiser() {
      return rows.features() <= 64 && rows.classes() == 2
          ? OuterOptimiser.trustRegionNewton(rows.budget().until())
          : OuterOptimiser.projectedLbfgs(rows.budget().until());
    }

    private OuterFunction function(BilevelProblem problem, Passes passes) {
      return OuterFunction.of(problem, passes).within(rows.budget().bounds());
    }
  }
}
