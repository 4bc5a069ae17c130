package org.tacit.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.job.Average;
import org.tacit.job.LossKind;
import org.tacit.job.PenalisedModel;
import org.tacit.job.PenaltyScope;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
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
    Rates rates = measured(context);
    report.figure("a job", 1e3 * rates.job(), "ms");
    report.figure("a task", 1e3 * rates.task(), "ms");
    report.figure("reading, a core", 1e-9 * rates.read(), "GB/s");
    report.figure("arithmetic, a core", 1e-9 * rates.arithmetic(), "GF/s");
    ClusterCost cost = new ClusterCost(rates, 1, CORES);
    for (Setting setting : FORETOLD) {
      double foretold = cost.pass(setting.work()).seconds();
      double taken = seconds(context, setting);
      report.figure(setting + ", foretold", 1e3 * foretold, "ms");
      report.figure(setting + ", taken", 1e3 * taken, "ms");
      report.ratioAtMost("off-by[" + setting + "]", Math.abs(foretold - taken) / taken, BAR);
    }
  }

  /** What is left of each pass when what the others tell is taken off. */
  private static Rates measured(JavaSparkContext context) {
    double empty = seconds(context, EMPTY);
    double tasks = seconds(context, MANY_TASKS);
    double task = (tasks - empty) / ((double) (MANY_TASKS.partitions - EMPTY.partitions) / CORES);
    double job = empty - task;
    double read = LONG.work().bytes() / CORES / (seconds(context, LONG) - empty);
    double arithmetic = WIDE.work().operations() / CORES / (seconds(context, WIDE) - empty);
    return new Rates(job, task, read, arithmetic, 1e9, 0.5e9);
  }

  private static Schema schema(int columns) {
    return Schema.of(
        new Schema.Field(Rows.FEATURES, columns, Storage.DENSE),
        new Schema.Field(Rows.LABEL, 1, Storage.DENSE));
  }

  private static double seconds(JavaSparkContext context, Setting setting) {
    JavaRDD<Block> blocks =
        PassesBenchmark.blocks(context, setting.rows, setting.columns, setting.partitions)
            .persist(StorageLevel.MEMORY_ONLY());
    Schema schema = schema(setting.columns);
    var form =
        new PenalisedModel.Form(
            LossKind.LOGISTIC.loss(), Average.MEAN, false, PenaltyScope.ALL, List.of());
    Condition condition = PenalisedModel.of(form, schema, 1).inner();
    Matrix direction = Matrix.filled(setting.columns, setting.instances, 1);
    try (SparkTable table = SparkTable.of(schema, blocks);
        JacobianOperator hessian =
            JacobianOperator.of(condition.residual(), condition.x(), condition.structure())
                .at(
                    Passes.over(PenalisedModel.TRAIN, table),
                    Map.of("x", Matrix.zeros(setting.columns, 1), "theta", Matrix.scalar(-3)))) {
      return new Sides()
          .with("product", () -> hessian.apply(direction))
          .medians(10, 15)
          .get("product");
    } finally {
      blocks.unpersist(true);
    }
  }
}
