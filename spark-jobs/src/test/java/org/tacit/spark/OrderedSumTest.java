package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class OrderedSumTest {
  private static final int LENGTH = 103;

  private static List<double[]> vectors(int count) {
    Random random = new Random(4);
    List<double[]> vectors = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double magnitude = Math.pow(10, 8 - 4 * (k % 5));
      vectors.add(random.doubles(LENGTH, -magnitude, magnitude).toArray());
    }
    return vectors;
  }

  private static double[] inOrder(List<double[]> vectors) {
    double[] sum = new double[LENGTH];
    vectors.forEach(
        vector -> {
          for (int i = 0; i < LENGTH; i++) {
            sum[i] += vector[i];
          }
        });
    return sum;
  }

  @Test
  void slicesAddUpInTheSameOrderAsTheDriver(JavaSparkContext context, SparkJobs jobs) {
    for (int partitions : new int[] {1, 2, 7}) {
      List<double[]> vectors = vectors(partitions);
      var rdd = context.parallelize(vectors, partitions);
      double[] onDriver =
          jobs.assertPasses(
              1, () -> OrderedSum.of(rdd, OrderedSumTest::only, LENGTH, Long.MAX_VALUE));
      assertThat(onDriver).isEqualTo(inOrder(vectors));
      for (long driverBytes : new long[] {500, 8 * LENGTH}) {
        double[] bySlices =
            jobs.assertPasses(
                1, () -> OrderedSum.of(rdd, OrderedSumTest::only, LENGTH, driverBytes));
        assertThat(bySlices).isEqualTo(onDriver);
      }
    }
  }

  private static double[] only(int partition, Iterator<double[]> vectors) {
    return vectors.next();
  }

  @Test
  void theOrderMattersToTheseNumbers() {
    List<double[]> vectors = vectors(7);
    List<double[]> reversed = new ArrayList<>(vectors);
    java.util.Collections.reverse(reversed);
    assertThat(inOrder(reversed)).isNotEqualTo(inOrder(vectors));
  }
}
