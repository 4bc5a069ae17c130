package org.tacit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.job.LossKind;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.operator.JacobianOperator;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.plan.ClusterCost;
import org.tacit.plan.PassWork;
import org.tacit.plan.Rates;
import org.tacit.primitive.Rows;
import org.tacit.spark.SparkTable;

/**
 * The cost model against measured passes: rates are taken from four passes here, and foretell
 * Hessian-vector products over other rows, columns, partitions and instances.
 */
final class PlanBenchmark implements Bench.Benchmark {
  private static final int CORES = 2;
  private static final double BAR = 0.3;
  private static final int WARMUPS = 20;
  private static final int ROUNDS = 25;

  /** One pass: a table, and how many products share it. */
  private record Setting(int rows, int columns, int partitions, int instances) {
    PassWork work() {
      return PassWork.ofProducts(
          (double) rows * columns, Double.BYTES, columns, instances, partitions);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d x %d, %d partitions, %d products", rows, columns, partitions, instances);
    }
  }

  private static final Setting EMPTY = new Setting(2_000, 10, 2, 1);
  private static final Setting MANY_TASKS = new Setting(64_000, 10, 64, 1);
  private static final Setting LONG = new Setting(400_000, 200, 2, 1);
  private static final Setting WIDE = new Setting(100_000, 200, 2, 64);

  private static final List<Setting> FORETOLD =
      List.of(
          new Setting(200_000, 100, 2, 1),
          new Setting(800_000, 100, 4, 1),
          new Setting(400_000, 400, 8, 1),
          new Setting(100_000, 100, 32, 1),
          new Setting(200_000, 200, 4, 32),
          new Setting(100_000, 400, 2, 128),
          new Setting(100_000, 100, 2, 100));

  @Override
  public void run(SparkSession spark, Report report) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Double> taken = taken(context);
    Rates rates = rates(taken);
    report.figure("a job", 1e3 * rates.job(), "ms");
    report.figure("a task", 1e3 * rates.task(), "ms");
    report.figure("reading, a core", 1e-9 * rates.read(), "GB/s");
    report.figure("arithmetic, a core", 1e-9 * rates.arithmetic(), "GF/s");
    ClusterCost cost = new ClusterCost(rates, 1, CORES);
    for (Setting setting : FORETOLD) {
      double foretold = cost.pass(setting.work()).seconds();
      double measured = taken.get(setting.toString());
      report.figure(setting + ", foretold", 1e3 * foretold, "ms");
      report.figure(setting + ", taken", 1e3 * measured, "ms");
      report.ratioAtMost("off-by[" + setting + "]", Math.abs(foretold - measured) / measured, BAR);
    }
  }

  /** What is left of each pass when what the others tell is taken off. */
  private static Rates rates(Map<String, Double> taken) {
    double empty = taken.get(EMPTY.toString());
    double tasks = taken.get(MANY_TASKS.toString());
    double task = (tasks - empty) / ((double) (MANY_TASKS.partitions - EMPTY.partitions) / CORES);
    double read = LONG.work().bytes() / CORES / (taken.get(LONG.toString()) - empty);
    double arithmetic = WIDE.work().operations() / CORES / (taken.get(WIDE.toString()) - empty);
    return new Rates(empty - task, task, read, arithmetic, 1e9, 0.5e9);
  }

  private static Schema schema(int columns) {
    return Schema.of(
        new Schema.Field(Rows.FEATURES, columns, Storage.DENSE),
        new Schema.Field(Rows.LABEL, 1, Storage.DENSE));
  }

  /** The median seconds of every setting's pass, taken in turn. */
  private static Map<String, Double> taken(JavaSparkContext context) {
    Sides sides = new Sides();
    List<AutoCloseable> open = new ArrayList<>();
    List<Setting> all = new ArrayList<>(List.of(EMPTY, MANY_TASKS, LONG, WIDE));
    all.addAll(FORETOLD);
    for (Setting setting : all) {
      JavaRDD<Block> blocks =
          PassesBenchmark.blocks(context, setting.rows, setting.columns, setting.partitions)
              .persist(StorageLevel.MEMORY_ONLY());
      Schema schema = schema(setting.columns);
      var form =
          new PenalisedModel.Form(
              LossKind.LOGISTIC.loss(),
              Average.MEAN,
              false,
              PenaltyKind.L2,
              PenaltyScope.ALL,
              List.of(),
              false);
      Condition condition = PenalisedModel.of(form, schema, 1).inner();
      Matrix direction = Matrix.filled(setting.columns, setting.instances, 1);
      SparkTable table = SparkTable.of(schema, blocks);
      JacobianOperator hessian =
          JacobianOperator.of(condition.residual(), condition.x(), condition.structure())
              .at(
                  Passes.over(PenalisedModel.TRAIN, table),
                  Map.of("x", Matrix.zeros(setting.columns, 1), "theta", Matrix.scalar(-3)));
      open.addAll(List.of(hessian, table));
      sides.with(setting.toString(), () -> hessian.apply(direction));
    }
    Map<String, Double> seconds = sides.medians(WARMUPS, ROUNDS);
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
    return seconds;
  }
}
