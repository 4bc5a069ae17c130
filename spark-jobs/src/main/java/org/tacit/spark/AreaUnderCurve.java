package org.tacit.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.tacit.matrix.Block;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import scala.Tuple3;

/**
 * The area under the receiver operating characteristic of scores s_i with signed weights v_i, whose
 * sign is the class: the weighted share of pairs of a positive and a negative row that are in
 * order, ties counted half,
 *
 * <pre>
 *   AUC = sum_{i: v_i &gt; 0, j: v_j &lt; 0} v_i |v_j| ([s_i &gt; s_j] + 1/2 [s_i = s_j])
 *         / (sum_i v_i  sum_j |v_j|)
 * </pre>
 *
 * and NaN where one class has no weight. Exact: up to 2^20 rows on Spark, and any number in
 * process, the scores come to the driver and are sorted; beyond, Spark's {@link
 * BinaryClassificationMetrics} sorts them, with every score a threshold.
 */
public final class AreaUnderCurve {
  private static final long GATHERED = 1 << 20;

  private AreaUnderCurve() {}

  /** Of row values of a table. */
  public static double of(Table table, RowValues scores, RowValues signedWeights) {
    return of(table, scores, signedWeights, GATHERED);
  }

  static double of(Table table, RowValues scores, RowValues signedWeights, long gathered) {
    return table instanceof SparkTable spark && spark.rowCount() > gathered
        ? bySpark(spark, scores, signedWeights)
        : of(table.values(scores), table.values(signedWeights));
  }

  /** Of numbers at hand. */
  public static double of(double[] scores, double[] signedWeights) {
    double[][] rows =
        IntStream.range(0, scores.length)
            .mapToObj(i -> new double[] {scores[i] + 0.0, signedWeights[i]}) // no -0
            .toArray(double[][]::new);
    Arrays.parallelSort(rows, Comparator.comparingDouble(row -> row[0]));
    double positive = Arrays.stream(rows).mapToDouble(row -> Math.max(row[1], 0)).sum();
    double negative = Arrays.stream(rows).mapToDouble(row -> Math.max(-row[1], 0)).sum();
    if (positive == 0 || negative == 0) {
      return Double.NaN;
    }
    double area = 0;
    double below = 0;
    for (int from = 0, to; from < rows.length; from = to) {
      double up = 0;
      double down = 0;
      for (to = from; to < rows.length && rows[to][0] == rows[from][0]; to++) {
        up += Math.max(rows[to][1], 0);
        down += Math.max(-rows[to][1], 0);
      }
      area += up / positive * ((below + down / 2) / negative);
      below += down;
    }
    return area;
  }

  private static double bySpark(SparkTable table, RowValues scores, RowValues signedWeights) {
    int score = table.schema().fields().size();
    JavaRDD<Tuple3<Object, Object, Object>> rows =
        table.with(List.of(scores, signedWeights)).flatMap(block -> rows(block, score, score + 1));
    return DescribedJob.run(
        table.context(),
        "area under the curve",
        () -> {
          BinaryClassificationMetrics metrics = new BinaryClassificationMetrics(rows.rdd(), 0);
          try {
            return metrics.areaUnderROC();
          } finally {
            metrics.unpersist();
          }
        });
  }

  private static Iterator<Tuple3<Object, Object, Object>> rows(Block block, int score, int weight) {
    double[] s = block.elements(score);
    double[] v = block.elements(weight);
    return IntStream.range(0, s.length)
        .mapToObj(
            i ->
                new Tuple3<Object, Object, Object>(
                    s[i] + 0.0, v[i] > 0 ? 1.0 : 0.0, Math.abs(v[i])))
        .iterator();
  }
}
