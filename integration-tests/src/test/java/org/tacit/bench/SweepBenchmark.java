package org.tacit.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterState;
import org.tacit.bilevel.OuterStopping;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Journal;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.program.Program;
import org.tacit.solver.Stopping;
import org.tacit.sweep.Candidates;
import org.tacit.sweep.CrossValidation;
import org.tacit.sweep.Folds;
import org.tacit.sweep.Sweep;
import org.tacit.sweep.SweepResult;

/**
 * Sweeps of logistic regression: 5 folds by 20 penalties against their path on all rows, against 10
 * folds, lassos, least squares, and one hypergradient of the cross-validated loss; on a9a and on
 * 200,000 x 100 seeded normal features, in process and on Spark.
 *
 * <p>{@value #CROSS_VALIDATOR} and {@value #LIMIT} run where they are named only: Spark ML's
 * CrossValidator takes minutes, and the program written by hand is C++ of elsewhere, which
 * TACIT_LIMIT names.
 */
final class SweepBenchmark implements Bench.Benchmark {
  private static final String PATH = "path";
  private static final String SPARK = "spark";
  private static final String LASSO = "lasso";
  private static final String SQUARES = "squares";
  private static final String HYPERGRADIENT = "hypergradient";
  private static final String WIDE = "wide";
  private static final String LIMIT = "limit";
  private static final String CROSS_VALIDATOR = "cross-validator";
  private static final Set<String> USUAL = Set.of(PATH, SPARK, LASSO, SQUARES, HYPERGRADIENT);

  private static final int WARMUPS = 2;
  private static final int ROUNDS = 3;

  /** Of what takes a tenth of a second, whose loops compilers are done with after two or three. */
  private static final int SHORT_WARMUPS = 30;

  private static final int SHORT_ROUNDS = 15;

  private static final int DENSE_ROWS = 200_000;
  private static final int DENSE_FEATURES = 100;
  private static final Stopping EXACT = new Stopping(0, 1e-8, 500);

  private static final double GAP = 1e-6;

  private static final int WIDE_ROWS = 20_000;
  private static final int WIDE_FEATURES = 50_000;
  private static final int WIDE_STEPS = 6;

  private static final double LOW = 1e-4;
  private static final double HIGH = 10;

  private final Set<String> parts;

  private SweepBenchmark(Set<String> parts) {
    this.parts = parts;
  }

  static SweepBenchmark ofAll() {
    return new SweepBenchmark(USUAL);
  }

  @Override
  public Set<String> parts() {
    Set<String> all = new TreeSet<>(USUAL);
    all.addAll(List.of(WIDE, LIMIT, CROSS_VALIDATOR));
    return all;
  }

  @Override
  public Bench.Benchmark of(List<String> some) {
    return new SweepBenchmark(Set.copyOf(some));
  }

  @Override
  public void run(SparkSession spark, Report report) {
    Optional<SweepRows> adult = SweepRows.adult();
    if (adult.isEmpty()) {
      System.out.println("a9a is skipped: not in TACIT_DATA");
    }
    if (parts.equals(Set.of(WIDE))) {
      wide(report);
      return;
    }
    SweepRows dense = SweepRows.dense(DENSE_ROWS, DENSE_FEATURES, false);
    List<SweepRows> both = new ArrayList<>(adult.stream().toList());
    both.add(dense);
    if (parts.contains(PATH)) {
      both.forEach(rows -> path(report, rows));
    }
    if (parts.contains(SPARK)) {
      both.forEach(rows -> onSpark(spark, report, rows));
    }
    if (parts.contains(LASSO)) {
      adult.ifPresent(rows -> lasso(report, rows));
    }
    if (parts.contains(SQUARES)) {
      squares(report);
    }
    if (parts.contains(HYPERGRADIENT)) {
      hypergradient(report);
    }
    if (parts.contains(WIDE)) {
      wide(report);
    }
    if (parts.contains(LIMIT)) {
      both.forEach(rows -> limit(report, rows));
    }
    if (parts.contains(CROSS_VALIDATOR)) {
      adult.ifPresent(rows -> crossValidator(report, rows, SolverData.adult(spark).orElseThrow()));
      crossValidator(report, dense, SolverData.dense(spark, dense));
    }
  }

  private static PenalisedModel model(SweepRows rows, Loss loss, PenaltyKind penalty) {
    return model(rows, loss, penalty, PenaltyScope.ALL, List.of());
  }

  private static PenalisedModel model(
      SweepRows rows, Loss loss, PenaltyKind penalty, PenaltyScope scope, List<Integer> groups) {
    var form = new PenalisedModel.Form(loss, Average.MEAN, false, penalty, scope, groups, false);
    return PenalisedModel.of(form, rows.schema(), 2);
  }

  private static Candidates penalties(double low, double high, int count) {
    return Candidates.grid(List.of(Candidates.Range.linear(Math.log(low), Math.log(high))), count);
  }

  private static Folds five() {
    return Folds.byColumn(
        SweepRows.FOLD, IntStream.range(0, 5).mapToObj(k -> "fold " + k).toList());
  }

  private static Sweep ridge(SweepRows rows, Folds folds, Candidates candidates) {
    return Sweep.of(
            model(rows, Loss.logistic(), PenaltyKind.L2),
            List.of(Loss.logistic()),
            folds,
            candidates)
        .until(EXACT);
  }

  /** The last run of a sweep: its seconds until the folds' stage, and altogether. */
  private static final class Clock implements Journal, Runnable {
    private final Sweep sweep;
    private final Table table;
    private Passes passes;
    private SweepResult result;
    private long start;
    private double path;
    private double whole;

    Clock(Sweep sweep, Table table) {
      this.sweep = sweep;
      this.table = table;
    }

    @Override
    public void stageBegan(String name, int fits) {
      path = name.equals(Sweep.FOLDS) ? (System.nanoTime() - start) * 1e-9 : path;
    }

    @Override
    public void run() {
      passes = Passes.over(Model.TRAIN, table);
      start = System.nanoTime();
      result = sweep.run(passes.telling(this));
      whole = (System.nanoTime() - start) * 1e-9;
      if (!result.trials().stream().allMatch(SweepResult.Trial::isUsable)) {
        throw new IllegalStateException("A fit failed: " + result.reason(0));
      }
    }

    long taken() {
      return passes.ledger().total();
    }
  }

  /** Ratios of one run, of the median round by the whole. */
  private static void path(Report report, SweepRows rows) {
    try (Table table = rows.inProcess()) {
      Clock five = new Clock(ridge(rows, five(), penalties(LOW, HIGH, 20)), table);
      Folds ten = Folds.byHash(SweepRows.ROW, 10, 1);
      Clock more = new Clock(ridge(rows, ten, penalties(LOW, HIGH, 20)), table);
      Clock grid = new Clock(ridge(rows, five(), mllibPenalties()), table);
      List<Double> ratios = new ArrayList<>();
      List<Double> paths = new ArrayList<>();
      Map<String, Double> seconds =
          new Sides()
              .with(
                  "5",
                  () -> {
                    five.run();
                    ratios.add(five.whole / five.path);
                    paths.add(five.path);
                  })
              .with("10", more)
              .with("grid", grid)
              .medians(warmups(table), rounds(table));
      String name = rows.name();
      report.figure(name + ", 5 folds x 20", seconds.get("5"), "s");
      report.figure(name + ", its path alone", median(paths, warmups(table)), "s");
      report.figure(name + ", 10 folds x 20", seconds.get("10"), "s");
      report.figure(name + ", 5 folds x Spark ML's 20", seconds.get("grid"), "s");
      report.figure(name + ", passes of 5 x 20", (double) five.taken(), "");
      report.figure(name + ", passes of Spark ML's grid", (double) grid.taken(), "");
      report.ratioAtMost(
          "sweep-to-path[" + name + "] (aim 1.5)", median(ratios, warmups(table)), 1.8);
      report.ratioAtMost(
          "ten-to-five-folds[" + name + "] (aim 1.2)", seconds.get("10") / seconds.get("5"), 1.4);
      report.ratioAtMost("sweep-passes[" + name + "] (aim 45)", (double) five.taken(), 120);
    }
  }

  private static int warmups(Table table) {
    return table.rowCount() < DENSE_ROWS ? SHORT_WARMUPS : WARMUPS;
  }

  private static int rounds(Table table) {
    return table.rowCount() < DENSE_ROWS ? SHORT_ROUNDS : ROUNDS;
  }

  /** Of the rounds after the warm-ups. */
  private static double median(List<Double> all, int warmups) {
    List<Double> last = new ArrayList<>(all.subList(warmups, all.size()));
    Collections.sort(last);
    return last.get(last.size() / 2);
  }

  /** Of Spark ML's comparison: exp(-0.6) to exp(-12). */
  private static Candidates mllibPenalties() {
    return Candidates.grid(List.of(Candidates.Range.linear(-12, -0.6)), 20);
  }

  private static void onSpark(SparkSession spark, Report report, SweepRows rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (Table table = rows.onSpark(context)) {
      Clock clock = new Clock(ridge(rows, five(), penalties(LOW, HIGH, 20)), table);
      double seconds = new Sides().with("5", clock).medians(1, ROUNDS).get("5");
      report.figure(rows.name() + ", 5 folds x 20 on Spark", seconds, "s");
      report.ratioAtMost("sweep-jobs[" + rows.name() + "] (aim 45)", (double) clock.taken(), 120);
    }
  }

  /** Against ridges of the same penalties; to a residual whose duality gaps are told. */
  private static void lasso(Report report, SweepRows rows) {
    try (Table table = rows.inProcess()) {
      Candidates candidates = penalties(LOW, 0.1, 20);
      Clock smooth = new Clock(ridge(rows, five(), candidates), table);
      Sweep sweep =
          Sweep.of(
                  model(rows, Loss.logistic(), PenaltyKind.L1),
                  List.of(Loss.logistic()),
                  five(),
                  candidates)
              .until(Stopping.relative(GAP * 1e-3, 500));
      Clock sparse = new Clock(sweep, table);
      Map<String, Double> seconds =
          new Sides().with("l2", smooth).with("l1", sparse).medians(warmups(table), rounds(table));
      report.figure(rows.name() + ", 5 x 20 lassos", seconds.get("l1"), "s");
      report.figure(rows.name() + ", 5 x 20 ridges", seconds.get("l2"), "s");
      report.figure(rows.name() + ", passes of the lassos", (double) sparse.taken(), "");
      double gap =
          sparse.result.trials().stream()
              .mapToDouble(
                  trial ->
                      gap(
                          rows,
                          trial.fit().x().orElseThrow(),
                          trial.fold(),
                          Math.exp(candidates.thetas().get(trial.candidate()).value())))
              .max()
              .orElseThrow();
      report.figure(rows.name() + ", largest duality gap of the lassos", gap, "");
      report.ratioAtMost("lasso-duality-gap[" + rows.name() + "]", gap, GAP);
      report.ratioAtMost(
          "lasso-to-ridge[" + rows.name() + "] (aim 1.5)",
          seconds.get("l1") / seconds.get("l2"),
          3);
    }
  }

  /**
   * What a fold's lasso is above its dual at most: with a_i = s / (1 + exp(y_i x_i'w)), s the
   * largest of at most 1 that makes a feasible, |1/n sum_i a_i y_i x_i| <= lambda,
   *
   * <pre>
   *   1/n sum_i log(1 + exp(-y_i x_i'w)) + lambda |w|_1 + 1/n sum_i a_i log a_i + (1 - a_i) log(1 - a_i)
   * </pre>
   */
  private static double gap(SweepRows rows, Matrix w, int fold, double lambda) {
    int p = w.rows();
    double[] gradient = new double[p];
    List<Double> slopes = new ArrayList<>();
    double loss = 0;
    for (Block block : rows.partitions().stream().flatMap(List::stream).toList()) {
      double[] x = dense(block);
      double[] y = block.elements(1);
      Dense folds = Dense.zeros(block.rows(), 1);
      block.column(2).cursor().copyTo(folds);
      for (int i = 0; i < y.length; i++) {
        if (folds.data()[i] == fold) {
          continue;
        }
        double margin = 0;
        for (int j = 0; j < p; j++) {
          margin += x[i * p + j] * w.at(j);
        }
        double slope = 1 / (1 + Math.exp(y[i] * margin));
        loss += Math.log1p(Math.exp(-y[i] * margin));
        slopes.add(slope);
        for (int j = 0; j < p; j++) {
          gradient[j] += slope * y[i] * x[i * p + j];
        }
      }
    }
    int n = slopes.size();
    double largest = Matrix.column(gradient).maxAbs() / n;
    double scale = Math.min(1, lambda / largest);
    double entropy =
        slopes.stream()
            .mapToDouble(slope -> scale * slope)
            .map(a -> a * Math.log(a) + (1 - a) * Math.log(1 - a))
            .sum();
    return (loss + entropy) / n + lambda * w.map(Math::abs).dot(Matrix.filled(p, 1, 1));
  }

  private static void squares(Report report) {
    SweepRows rows = SweepRows.dense(DENSE_ROWS, DENSE_FEATURES, true);
    try (Table table = rows.inProcess()) {
      Clock clock =
          new Clock(
              Sweep.of(
                  model(rows, Loss.squared(), PenaltyKind.L2),
                  List.of(Loss.squared()),
                  five(),
                  penalties(LOW, HIGH, 100)),
              table);
      double seconds = new Sides().with("squares", clock).medians(1, ROUNDS).get("squares");
      report.figure(rows.name() + ", least squares 5 x 100", seconds, "s");
      report.ratioAtMost("squares-passes (aim 1)", (double) clock.taken(), 3);
    }
  }

  /** Of 1, 100 and 10,000 penalties of one wide table, against the warm inner solve. */
  private static void hypergradient(Report report) {
    int p = 10_000;
    SweepRows rows = SweepRows.sparse(5_000, p, 75);
    List<Integer> groups = IntStream.range(0, p).mapToObj(j -> j % 100).toList();
    Map<String, PenalisedModel> models = new LinkedHashMap<>();
    models.put("1", model(rows, Loss.logistic(), PenaltyKind.L2));
    models.put("100", model(rows, Loss.logistic(), PenaltyKind.L2, PenaltyScope.GROUP, groups));
    models.put(
        "10000", model(rows, Loss.logistic(), PenaltyKind.L2, PenaltyScope.FEATURE, List.of()));
    Map<String, Double> shares = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    try (Table table = rows.inProcess()) {
      models.forEach(
          (thetas, model) -> {
            Passes passes = Passes.over(Model.TRAIN, table);
            BilevelProblem problem =
                CrossValidation.of(model, Loss.logistic(), five(), passes).problem();
            Matrix theta = Matrix.filled(model.inner().parameters(), 1, Math.log(1e-3));
            try (ImplicitSolution before = problem.inner().solve(passes, theta)) {
              Matrix moved = theta.map(t -> t + 0.1);
              List<ImplicitSolution> warm = new ArrayList<>();
              Map<String, Double> taken =
                  new Sides()
                      .with(
                          "solve", () -> warm.add(problem.inner().solve(passes, moved, before.x())))
                      .with("hypergradient", () -> problem.hypergradient(warm.get(warm.size() - 1)))
                      .medians(SHORT_WARMUPS, SHORT_ROUNDS);
              warm.forEach(ImplicitSolution::close);
              report.figure(thetas + " thetas, warm inner solve", taken.get("solve"), "s");
              report.figure(thetas + " thetas, hypergradient", taken.get("hypergradient"), "s");
              long made = passes.ledger().total();
              try (ImplicitSolution last = problem.inner().solve(passes, moved, before.x())) {
                long ofSolve = passes.ledger().total() - made;
                problem.hypergradient(last);
                long ofBoth = passes.ledger().total() - made;
                report.figure(thetas + " thetas, passes of the solve", (double) ofSolve, "");
                report.figure(
                    thetas + " thetas, passes of the hypergradient",
                    (double) (ofBoth - ofSolve),
                    "");
              }
              seconds.put(thetas, taken.get("hypergradient"));
              shares.put(thetas, taken.get("hypergradient") / taken.get("solve"));
            }
          });
    }
    shares.forEach(
        (thetas, share) ->
            report.ratioAtMost("hypergradient-to-inner-solve[" + thetas + "]", share, 0.3));
    report.ratioAtMost(
        "hypergradient-10000-to-1-thetas", seconds.get("10000") / seconds.get("1"), 1.3);
  }

  /**
   * 20,000 x 50,000, 75 numbers a row: ridges and lassos, once each, and one penalty a feature,
   * from the best common one, with what that gains on test rows. As many penalties fit the folds
   * better with every step, and test rows do not: rows of a third part choose the step.
   */
  private static void wide(Report report) {
    SweepRows all = SweepRows.sparse(3 * WIDE_ROWS, 3, WIDE_FEATURES, 75);
    SweepRows rows = all.part(0);
    try (Table table = rows.inProcess();
        Table choosing = all.part(1).inProcess();
        Table test = all.part(2).inProcess()) {
      double best = wideSweep(report, rows, table, PenaltyKind.L2, 5e-4);
      wideSweep(report, rows, table, PenaltyKind.L1, 1e-4);
      Passes passes = Passes.over(Model.TRAIN, table);
      manyPenalties(
          report,
          model(rows, Loss.logistic(), PenaltyKind.L2, PenaltyScope.FEATURE, List.of()),
          List.of(passes.with(Model.VALIDATION, choosing), passes.with(Model.VALIDATION, test)),
          best);
    }
  }

  /**
   * Twenty penalties down to a hundredth or, of lassos, to a tenth; the best of their logarithms.
   */
  private static double wideSweep(
      Report report, SweepRows rows, Table table, PenaltyKind penalty, double high) {
    double low = penalty == PenaltyKind.L1 ? high / 10 : high / 100;
    Candidates candidates = penalties(low, high, 20);
    Clock clock =
        new Clock(
            Sweep.of(
                    model(rows, Loss.logistic(), penalty),
                    List.of(Loss.logistic()),
                    five(),
                    candidates)
                .until(Stopping.relative(GAP, 500)),
            table);
    clock.run();
    String name = WIDE + ", 5 x 20 " + penalty.name().toLowerCase(Locale.ROOT);
    report.figure(name, clock.whole, "s");
    report.figure(name + ", passes", (double) clock.taken(), "");
    int best = clock.result.best(0).orElseThrow();
    report.figure(name + ", smallest loss", clock.result.mean(0, best).orElseThrow(), "");
    report.peakMemory();
    return candidates.thetas().get(best).value();
  }

  /**
   * By L-BFGS on the cross-validated loss.
   *
   * @param parts passes with rows that choose a step for validation, and with test rows
   */
  private static void manyPenalties(
      Report report, PenalisedModel model, List<Passes> parts, double start) {
    Passes passes = parts.get(0);
    String name = WIDE + ", a penalty a feature";
    long before = passes.ledger().total();
    long from = System.nanoTime();
    BilevelProblem problem = CrossValidation.of(model, Loss.logistic(), five(), passes).problem();
    OuterFunction function =
        OuterFunction.of(problem, passes).within(Bounds.of(start - 4, start + 4));
    OuterOptimiser method = OuterOptimiser.projectedLbfgs(new OuterStopping(0, WIDE_STEPS, GAP));
    Matrix common = Matrix.filled(WIDE_FEATURES, 1, start);
    OuterState state = method.init(function, common);
    Matrix chosen = common;
    double least = refitted(model, parts.get(0), common);
    while (!method.isDone(state)) {
      state = method.next(function, state);
      Matrix theta = state.history().get(state.history().size() - 1).theta();
      double loss = refitted(model, parts.get(0), theta);
      chosen = loss < least ? theta : chosen;
      least = Math.min(loss, least);
    }
    List<OuterState.Iteration> steps = state.history();
    OuterState.Iteration last = steps.get(steps.size() - 1);
    report.figure(name + ", " + (steps.size() - 1) + " steps", seconds(from), "s");
    report.figure(name + ", passes", (double) passes.ledger().total() - before, "");
    report.figure(name + ", loss of folds before", steps.get(0).outerValue(), "");
    report.figure(name + ", loss of folds after", last.outerValue(), "");
    report.figure(name + ", test loss before", refitted(model, parts.get(1), common), "");
    report.figure(name + ", test loss of the chosen", refitted(model, parts.get(1), chosen), "");
    report.figure(name + ", test loss after", refitted(model, parts.get(1), last.theta()), "");
    report.peakMemory();
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) * 1e-9;
  }

  /** The loss of the rows bound to {@link Model#VALIDATION}, after a refit on all others. */
  private static double refitted(PenalisedModel model, Passes passes, Matrix theta) {
    Program loss = Program.of("loss", model.outer(Loss.logistic(), Model.VALIDATION).node());
    try (ImplicitSolution refit =
        ImplicitFunction.of(model.inner()).with(Stopping.relative(GAP, 500)).solve(passes, theta)) {
      return passes.evaluate(loss, Map.of("x", refit.x(), "theta", theta)).get("loss").value();
    }
  }

  /** CPU seconds of the third sweep of each: theirs, whose last of three it says, and ours. */
  private static void limit(Report report, SweepRows rows) {
    String program = System.getProperty("tacit.bench.limit", "");
    if (program.isEmpty() || !Files.isExecutable(Path.of(program))) {
      System.out.println("limit is skipped: TACIT_LIMIT names no program");
      return;
    }
    double theirs = theirs(program, rows);
    try (Table table = rows.inProcess()) {
      Clock clock = new Clock(ridge(rows, five(), penalties(LOW, HIGH, 20)), table);
      for (int k = 0; k < 2 + WARMUPS; k++) {
        clock.run();
      }
      double before = cpu();
      clock.run();
      double ours = cpu() - before;
      report.figure(rows.name() + ", written by hand", theirs, "CPU s");
      report.figure(rows.name() + ", ours", ours, "CPU s");
      report.ratioAtMost("cpu-to-limit[" + rows.name() + "] (aim 2.5)", ours / theirs, 6);
    }
  }

  private static double cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  private static double theirs(String program, SweepRows rows) {
    try {
      List<String> command = new ArrayList<>(List.of(program));
      Path made = Files.createTempFile("tacit-sweep", ".bin");
      if (rows.name().equals("a9a")) {
        command.addAll(List.of("a9a", AdultHessian.file().orElseThrow().toString()));
      } else {
        write(rows, made);
        command.addAll(List.of("dense", made.toString(), "" + DENSE_ROWS, "" + DENSE_FEATURES));
      }
      command.addAll(List.of("1", "1e-8"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      double seconds = Double.NaN;
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          int at = line.lastIndexOf(" cpu ");
          seconds = line.contains(" total ") ? Double.parseDouble(line.substring(at + 5)) : seconds;
        }
      }
      Files.delete(made);
      return seconds;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Row after row, features and then a label of 0 or 1. */
  private static void write(SweepRows rows, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (var block : rows.partitions().stream().flatMap(List::stream).toList()) {
        double[] x = dense(block);
        double[] y = block.elements(1);
        ByteBuffer row =
            ByteBuffer.allocate(8 * (DENSE_FEATURES + 1)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < block.rows(); i++) {
          row.clear();
          for (int j = 0; j < DENSE_FEATURES; j++) {
            row.putDouble(x[i * DENSE_FEATURES + j]);
          }
          row.putDouble(y[i] > 0 ? 1 : 0);
          out.write(row.array());
        }
      }
    }
  }

  private static double[] dense(Block block) {
    Dense whole = Dense.zeros(block.rows(), block.column(0).width());
    block.column(0).cursor().copyTo(whole);
    return whole.data();
  }

  /** Its own grid, once, and a small one before, so that both sides are warm. */
  private static void crossValidator(Report report, SweepRows rows, SolverData data) {
    LogisticRegression fit =
        new LogisticRegression().setFitIntercept(false).setTol(1e-6).setMaxIter(200);
    double[] grid = IntStream.range(0, 20).mapToDouble(i -> Math.exp(-12 + 0.6 * i)).toArray();
    fit.copy(new ParamMap()).setRegParam(grid[10]).fit(data.frame());
    ParamMap[] points = new ParamGridBuilder().addGrid(fit.regParam(), grid).build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(fit)
            .setEstimatorParamMaps(points)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
            .setNumFolds(5)
            .setParallelism(2)
            .setSeed(1);
    long start = System.nanoTime();
    validator.fit(data.frame());
    double theirs = (System.nanoTime() - start) * 1e-9;
    try (Table table = rows.inProcess()) {
      Clock clock = new Clock(ridge(rows, five(), mllibPenalties()), table);
      double ours = new Sides().with("5", clock).medians(WARMUPS, ROUNDS).get("5");
      report.figure(rows.name() + ", CrossValidator", theirs, "s");
      report.figure(rows.name() + ", ours", ours, "s");
      boolean isAdult = rows.name().equals("a9a");
      report.ratioAtLeast(
          "cross-validator-to-ours[" + rows.name() + (isAdult ? "] (aim 200)" : "] (aim 100)"),
          theirs / ours,
          isAdult ? 100 : 50);
    }
  }
}
