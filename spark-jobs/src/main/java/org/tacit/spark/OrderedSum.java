package org.tacit.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.tacit.spark.PartitionValues.Question;
import scala.Tuple2;

/**
 * The sum of one vector that is made of each partition, in partition order, in one job.
 *
 * <p>Small sums come to the driver as they are. Large ones are cut into slices, each slice is added
 * up by one task of a second stage, and the driver only puts the slices in a row: it never holds
 * more than two vectors. Either way every element is added in the same order, to the same bits.
 */
final class OrderedSum {
  /** What the driver is ready to hold of partial sums; above it executors add them up. */
  static final long DRIVER_BYTES = 32L << 20;

  private OrderedSum() {}

  static <T> double[] of(JavaRDD<T> rows, Question<T, double[]> vector, int length) {
    return of(rows, vector, length, DRIVER_BYTES);
  }

  static <T> double[] of(
      JavaRDD<T> rows, Question<T, double[]> vector, int length, long driverBytes) {
    int partitions = rows.getNumPartitions();
    long bytes = 8L * length * partitions;
    if (partitions == 1 || bytes <= driverBytes) {
      return inOrder(PartitionValues.of(rows, vector), length);
    }
    int slices = (int) Math.min(length, 1 + bytes / driverBytes);
    double[] total = new double[length];
    int at = 0;
    for (double[] slice : slices(rows, vector, slices, length).collect()) {
      System.arraycopy(slice, 0, total, at, slice.length);
      at += slice.length;
    }
    return total;
  }

  /** The summed slices, slice k in partition k: as many as keep what one task adds up small. */
  private static <T> JavaRDD<double[]> slices(
      JavaRDD<T> rows, Question<T, double[]> vector, int count, int length) {
    Function2<Integer, Iterator<T>, Iterator<Tuple2<Integer, Tuple2<Integer, double[]>>>> cut =
        (partition, all) -> {
          double[] whole = vector.ask(partition, all);
          List<Tuple2<Integer, Tuple2<Integer, double[]>>> slices = new ArrayList<>();
          for (int k = 0; k < count; k++) {
            double[] part =
                Arrays.copyOfRange(whole, start(k, count, length), start(k + 1, count, length));
            slices.add(new Tuple2<>(k, new Tuple2<>(partition, part)));
          }
          return slices.iterator();
        };
    int partitions = rows.getNumPartitions();
    return rows.mapPartitionsWithIndex(cut, true)
        .mapToPair(slice -> slice)
        .partitionBy(new HashPartitioner(count))
        .mapPartitions(
            slices -> {
              double[][] byPartition = new double[partitions][];
              slices.forEachRemaining(slice -> byPartition[slice._2()._1()] = slice._2()._2());
              double[] sum = inOrder(Arrays.asList(byPartition), byPartition[0].length);
              return Collections.singletonList(sum).iterator();
            });
  }

  private static int start(int slice, int count, int length) {
    return (int) ((long) length * slice / count);
  }

  private static double[] inOrder(List<double[]> partials, int length) {
    double[] total = new double[length];
    for (double[] partial : partials) {
      for (int i = 0; i < length; i++) {
        total[i] += partial[i];
      }
    }
    return total;
  }
}
