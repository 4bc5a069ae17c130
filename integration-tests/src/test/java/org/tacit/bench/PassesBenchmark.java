package org.tacit.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.job.LossKind;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
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
import org.tacit.pass.Table;
import org.tacit.spark.SparkTable;

/**
 * What a pass costs: the derived Hessian-vector product against hand-written ones, and a pass on a
 * tiny table against an empty job.
 */
final class PassesBenchmark implements Bench.Benchmark {
  private static final int FEATURES = 500;
  private static final int ROWS = 400_000;
  private static final int PARTITIONS = 4;
  private static final int BLOCK_ROWS = 1_000;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", FEATURES, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  @Override
  public void run(SparkSession spark, Report report) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // Spark's own code for starting jobs is compiled by the many small ones first: a solve runs
    // hundreds.
    overhead(context, report);
    hessianProduct(context, report);
  }

  /** Seeded rows of uniform features, with labels -1 and 1. */
  static JavaRDD<Block> blocks(JavaSparkContext context, int rows, int columns, int partitions) {
    int rowsPerPartition = rows / partitions;
    Function2<Integer, Iterator<Integer>, Iterator<Block>> make =
        (partition, none) -> {
          Random random = new Random(partition);
          List<Block> made = new ArrayList<>();
          for (int from = 0; from < rowsPerPartition; from += BLOCK_ROWS) {
            int count = Math.min(BLOCK_ROWS, rowsPerPartition - from);
            double[] x = new double[count * columns];
            Arrays.setAll(x, i -> random.nextDouble() - 0.5);
            double[] y = new double[count];
            Arrays.setAll(y, i -> random.nextBoolean() ? 1 : -1);
            made.add(new Block(count, Column.dense(count, columns, x), Column.dense(count, 1, y)));
          }
          return made.iterator();
        };
    List<Integer> seeds = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      seeds.add(i);
    }
    return context.parallelize(seeds, partitions).mapPartitionsWithIndex(make, true);
  }

  private static JacobianOperator hessian(Passes passes, Matrix at) {
    var form =
        new PenalisedModel.Form(
            LossKind.LOGISTIC.loss(),
            Average.MEAN,
            false,
            PenaltyKind.L2,
            PenaltyScope.ALL,
            List.of(),
            false);
    Condition condition = PenalisedModel.of(form, SCHEMA, 1).inner();
    return JacobianOperator.of(condition.residual(), condition.x(), condition.structure())
        .at(passes, Map.of("x", at, "theta", Matrix.scalar(-3)));
  }

  private static void hessianProduct(JavaSparkContext context, Report report) {
    JavaRDD<Block> base =
        blocks(context, ROWS, FEATURES, PARTITIONS).persist(StorageLevel.MEMORY_ONLY());
    JavaRDD<Block> scaled =
        base.map(PassesBenchmark::withScale).persist(StorageLevel.MEMORY_ONLY());
    double[] v = new Random(1).doubles(FEATURES, -1, 1).toArray();
    Matrix direction = Matrix.column(v);
    try (Table table = SparkTable.of(SCHEMA, base);
        JacobianOperator hessian =
            hessian(Passes.over(PenalisedModel.TRAIN, table), Matrix.zeros(FEATURES, 1))) {
      scaled.count();
      Map<String, Double> seconds =
          new Sides()
              .with("derived", () -> hessian.apply(direction))
              .with(
                  "hand-written, fused",
                  () ->
                      sum(
                          scaled.mapPartitions(
                              b -> List.of(HandWritten.fused(b, 2, v)).iterator())))
              .with(
                  "hand-written, two sweeps",
                  () ->
                      sum(
                          scaled.mapPartitions(
                              b -> List.of(HandWritten.twoSweeps(all(b), 2, v)).iterator())))
              .with(
                  "reading X alone",
                  () -> sum(scaled.mapPartitions(b -> List.of(HandWritten.read(b)).iterator())))
              .medians(20, 41);
      double gigabytes = 8e-9 * ROWS * FEATURES;
      seconds.forEach(
          (side, time) -> {
            report.figure(side, time, "s");
            report.figure(side + ", bytes of X / time", gigabytes / time, "GB/s");
          });
      report.ratioAtLeast(
          "derived-to-hand-written-speed",
          seconds.get("hand-written, fused") / seconds.get("derived"),
          0.9);
      report.ratioAtLeast(
          "derived-to-two-sweeps-speed",
          seconds.get("hand-written, two sweeps") / seconds.get("derived"),
          1.4);
    }
    scaled.unpersist();
    base.unpersist();
  }

  /** The Hessian's weights at w = 0 are 1 / (4 n) for every row. */
  private static Block withScale(Block block) {
    double[] scale = new double[block.rows()];
    Arrays.fill(scale, 0.25 / ROWS);
    return block.with(List.of(Column.dense(block.rows(), 1, scale)));
  }

  private static List<Block> all(Iterator<Block> blocks) {
    List<Block> list = new ArrayList<>();
    blocks.forEachRemaining(list::add);
    return list;
  }

  private static double[] sum(JavaRDD<double[]> partials) {
    double[] total = null;
    for (double[] part : partials.collect()) {
      if (total == null) {
        total = part;
      } else {
        for (int i = 0; i < total.length; i++) {
          total[i] += part[i];
        }
      }
    }
    return total;
  }

  /** A pass on a tiny table against an empty job. */
  static void overhead(JavaSparkContext context, Report report) {
    int partitions = 2;
    JavaRDD<Block> few =
        blocks(context, 100, FEATURES, partitions).persist(StorageLevel.MEMORY_ONLY());
    Matrix direction = Matrix.filled(FEATURES, 1, 1);
    try (Table table = SparkTable.of(SCHEMA, few);
        JacobianOperator hessian =
            hessian(Passes.over(PenalisedModel.TRAIN, table), Matrix.zeros(FEATURES, 1))) {
      JavaRDD<Integer> nothing = context.parallelize(List.of(1, 2), partitions);
      Map<String, Double> seconds =
          new Sides()
              .with("a pass on a tiny table", () -> hessian.apply(direction))
              .with("an empty Spark job", () -> nothing.foreachPartition(none -> {}))
              .medians(200, 401);
      seconds.forEach((side, time) -> report.figure(side, 1e3 * time, "ms"));
      report.ratioAtMost(
          "pass-overhead",
          seconds.get("a pass on a tiny table") / seconds.get("an empty Spark job"),
          1.5);
    }
    few.unpersist();
  }
}
