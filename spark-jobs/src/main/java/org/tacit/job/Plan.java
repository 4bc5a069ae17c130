package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tacit.data.Engine;
import org.tacit.loss.Labels;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Model;
import org.tacit.operator.Cost;
import org.tacit.plan.ClusterCost;
import org.tacit.plan.PassWork;
import org.tacit.plan.Rates;
import org.tacit.primitive.Rows;
import org.tacit.result.Decimal;
import org.tacit.sweep.Sweep;

/**
 * What a configuration would take: its program, where passes run, memory, and time by {@link
 * ClusterCost}. How many passes a solve takes depends on the data; those of the sets in the README
 * are taken for it, which took from half to twice as many: ten Newton steps a solve, five from the
 * solution at the penalty before, two from near by, and never more than two where losses are
 * squared; in a step of tuning two, the outer value, the adjoint with its cross derivative and,
 * where thetas are few enough for Newton's method, the second derivatives of all of them at once.
 */
final class Plan {
  /** Where losses are squared, of which second-order models are exact. */
  private static final int MOST_STEPS_OF_SQUARES = 2;

  /** Sums over rows that depend on one another, in a loss over pairs of rows. */
  private static final int DEPTH_OF_PAIRS = 3;

  /** Sizes, outer value, cross derivative, and the certificate's own. */
  private static final int OTHER_PASSES = 6;

  /** Outer value and cross derivative. */
  private static final int STEP_PASSES = 2;

  private static final int HESSIAN_PASSES = 2;

  private static final double MOST_BYTES_HELD = 1e9;
  private static final double BYTES_AN_UNKNOWN = 64 * Double.BYTES;
  private static final int PARTITIONS_A_CORE = 3;

  private final Settings settings;
  private final DataSize size;
  private final ClusterCost cluster;
  private final Model model;
  private final boolean isSparse;

  private Plan(Settings settings, DataSize size, ClusterCost cluster) {
    this.settings = settings;
    this.size = size;
    this.cluster = cluster;
    this.isSparse = settings.data().format() == DataSettings.Format.LIBSVM;
    List<String> features = IntStream.range(0, size.features()).mapToObj(j -> "x" + j).toList();
    this.model = settings.model(schema(), features, classes());
  }

  static Plan of(ConfigFile file, DataSize size, ClusterCost cluster) {
    return new Plan(file.settings(), size, cluster);
  }

  /** Of what is read, on this machine. */
  static Plan of(Workspace workspace) {
    int features = workspace.data().featureNames().size();
    DataSize size =
        new DataSize(
            workspace.data().train().rowCount(), features, features, workspace.data().classes());
    int cores = Runtime.getRuntime().availableProcessors();
    return new Plan(workspace.settings(), size, new ClusterCost(Rates.COMMON, 1, cores));
  }

  private Schema schema() {
    Storage storage = isSparse ? Storage.CSR : settings.data().columns().storage();
    boolean hasClasses = settings.labels() == Labels.CLASSES;
    return Schema.of(
        new Schema.Field(Rows.FEATURES, size.features(), storage),
        new Schema.Field(Rows.LABEL, 1, hasClasses ? Storage.KEY : Storage.DENSE));
  }

  private int classes() {
    int classes = settings.data().columns().classes();
    return classes == 0 ? Math.max(2, size.classes()) : classes;
  }

  private double bytesANumber() {
    if (isSparse) {
      return Double.BYTES + Integer.BYTES;
    }
    return settings.data().columns().storage() == Storage.FLOAT ? Float.BYTES : Double.BYTES;
  }

  private double numbers() {
    return size.rows() * size.numbersARow();
  }

  private double bytes() {
    return bytesANumber() * numbers();
  }

  private int partitions() {
    int all = cluster.executors() * cluster.coresEach();
    int asked = settings.data().reading().partitions();
    return asked == 0 ? PARTITIONS_A_CORE * all : asked;
  }

  int unknowns() {
    return model.layout().size();
  }

  private PassWork work(int columns) {
    return PassWork.ofProducts(numbers(), bytesANumber(), unknowns(), columns, partitions());
  }

  /** Whether systems are solved by the whole matrix, as {@code auto} does. */
  private boolean isWhole() {
    return cost().isCheapWhole();
  }

  private Cost cost() {
    int outputs = Math.max(1, unknowns() / size.features());
    return Cost.ofPass(unknowns(), numbers(), outputs);
  }

  Settings settings() {
    return settings;
  }

  int thetas() {
    return model.thetaNames().size();
  }

  /** Passes and the seconds that they take. */
  record Effort(double passes, double seconds) {
    Effort and(Effort more) {
      return new Effort(passes + more.passes, seconds + more.seconds);
    }

    Effort times(double count) {
      return new Effort(count * passes, count * seconds);
    }

    long count() {
      return Math.round(passes);
    }
  }

  /** One pass for so many columns. */
  Effort pass(long columns) {
    int most = (int) Math.min(Integer.MAX_VALUE, columns);
    return new Effort(1, cluster.pass(work(most)).seconds());
  }

  private Effort system(double products) {
    return system(products, 1);
  }

  /** Of so many models side by side. */
  private Effort system(double products, long models) {
    return isWhole() ? pass(models * unknowns()) : pass(models).times(products);
  }

  private Effort newton(int steps, long models) {
    return pass(models).and(system(Cost.FEW_IN_A_STEP, models)).times(steps);
  }

  /** Newton's steps of so many models side by side. */
  Effort solves(long models, Start from) {
    int steps = isSquared() ? Math.min(MOST_STEPS_OF_SQUARES, from.steps) : from.steps;
    return newton(steps, models);
  }

  /** What is known where a solve begins. */
  enum Start {
    COLD(10),
    /** The solution at the penalty before, on a grid. */
    NEXT(5),
    /** One near by. */
    WARM(2);

    private final int steps;

    Start(int steps) {
      this.steps = steps;
    }
  }

  private boolean isSquared() {
    return settings.model().loss().name().equals("squared");
  }

  /** How the path of a sweep is solved, as {@link Sweep} does. */
  Way way(int folds, long candidates) {
    int most = (int) Math.min(Integer.MAX_VALUE, candidates);
    if (settings.inner().method() != InnerMethod.AUTO) {
      return Way.ORDINARY;
    }
    if (isHeld()) {
      return Way.HELD;
    }
    if (!Sweep.isWorthHessians(cost(), folds, most)) {
      return Way.ORDINARY;
    }
    return settings.model().isSmooth() ? Way.FACTORS : Way.MODELS;
  }

  /** By the ordinary solver, by rows on the driver, or by Hessians. */
  enum Way {
    ORDINARY,
    HELD,
    FACTORS,
    MODELS
  }

  /** Whether the driver holds the rows, of which there are fewer than unknowns. */
  private boolean isHeld() {
    return size.rows() < unknowns() && !cost().isCheapInSteps() && bytes() <= MOST_BYTES_HELD;
  }

  /** Whether a solve of this model is a linear system of a matrix that one pass gives. */
  boolean isAffine() {
    boolean isSmooth = settings.model().isSmooth();
    return isSmooth && isWhole() && isSquared() && model.tuned().isEmpty();
  }

  /** How many models are solved side by side when thetas are tuned. */
  int folds() {
    return settings.folds().map(FoldSettings::plannedCount).orElse(1);
  }

  private Effort adjoint() {
    return system(Cost.FEW).and(pass(1).times(OTHER_PASSES));
  }

  /** Of tuning, once it has begun. */
  Effort step() {
    return solves(folds(), Start.WARM).and(hypergradients());
  }

  /** With the outer value; no outer Hessian where the optimiser takes none. */
  Effort hypergradients() {
    int depth = settings.outer().loss().ofRows().isPresent() ? 1 : DEPTH_OF_PAIRS;
    int ofHessian = HESSIAN_PASSES * depth + (isWhole() ? 0 : (int) Cost.FEW);
    int models = folds();
    return system(Cost.FEW, models)
        .and(pass(models).times(STEP_PASSES * depth))
        .and(pass(thetas()).times(settings.outer().isNewton(thetas()) ? ofHessian : 0));
  }

  /** Of so many solutions, on every part: the losses, and the areas under curves one more each. */
  Effort measures(int solutions) {
    int parts = settings.folds().isPresent() ? 2 : 3;
    boolean hasArea =
        switch (settings.labels()) {
          case BINARY -> true;
          case CLASSES -> classes() == 2;
          case REAL, NON_NEGATIVE, POSITIVE -> false;
        };
    return pass(1).times((double) solutions * parts * (hasArea ? 2 : 1));
  }

  /** A line each for the program, placement, memory and time. */
  List<String> lines() {
    ClusterCost.Estimate pass = cluster.pass(work(1));
    Effort solve = solves(1, Start.COLD);
    List<String> lines = new ArrayList<>();
    lines.add(
        say(
            "%s: %,d rows x %,d features, %s; %,d unknowns, %,d thetas",
            settings.name(),
            size.rows(),
            size.features(),
            settings.model().loss().name(),
            unknowns(),
            model.thetaNames().size()));
    lines.add(
        say(
            "program      one pass an evaluation, one a Hessian-vector product; systems by %s",
            isWhole()
                ? "the whole matrix, one pass of " + unknowns() + " columns"
                : "conjugate gradients, a pass a step"));
    lines.add("placement    " + placement());
    lines.add("memory       " + memory());
    lines.add(
        say(
            "a pass       %s to read, %.2g operations, %s to every executor, %s from every task: %s,"
                + " most of it %s",
            size(bytes()),
            work(1).operations(),
            size(work(1).sent()),
            size(work(1).gathered()),
            seconds(pass.seconds()),
            pass.bottleneck()));
    lines.add(say("solve        about %d passes, %s", solve.count(), seconds(solve.seconds)));
    lines.add(
        say(
            "hypergradient  about %d passes more, %s, for all thetas together",
            adjoint().count(), seconds(adjoint().seconds)));
    lines.add(new TunePlan(this).line());
    if (settings.folds().isPresent()) {
      lines.add(SweepPlan.of(this).line());
    }
    return lines;
  }

  private String placement() {
    boolean isSmall =
        settings.data().reading().engine() == Engine.AUTO && bytes() <= Engine.IN_PROCESS_BYTES;
    return isSmall || settings.data().reading().engine() == Engine.IN_PROCESS
        ? "in process, without Spark's jobs (engine = spark forces them, and is what follows)"
        : say(
            "Spark, %d executors of %d cores, %d partitions",
            cluster.executors(), cluster.coresEach(), partitions());
  }

  private String memory() {
    double factors = isWhole() ? 16.0 * unknowns() * unknowns() : 0;
    double driver = BYTES_AN_UNKNOWN * (unknowns() + (double) model.thetaNames().size()) + factors;
    return say(
        "%s of rows in each executor (kept in 0.6 of its heap, the rest on its disk), %s in the"
            + " driver",
        size(bytes() / cluster.executors()), size(driver));
  }

  static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String size(double bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double value = bytes;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return say("%.3g %s", value, units[unit]);
  }

  static String seconds(double seconds) {
    return seconds < 90
        ? say("%.2g s", seconds)
        : seconds < 5400 ? say("%.0f min", seconds / 60) : Decimal.of(seconds / 3600, 1) + " h";
  }
}
