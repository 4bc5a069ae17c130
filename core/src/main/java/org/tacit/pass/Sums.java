package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What the partitions of a pass add up to. Sums are combined in the order given, so that the result
 * never depends on scheduling.
 */
public final class Sums {
  private Sums() {}

  /**
   * Adds {@code next}, a partition's sums for each task, to {@code total}, which is changed and
   * returned.
   */
  public static double[][][] add(double[][][] total, double[][][] next) {
    for (int task = 0; task < total.length; task++) {
      for (int sum = 0; sum < total[task].length; sum++) {
        double[] into = total[task][sum];
        double[] from = next[task][sum];
        if (from.length != into.length) {
          throw new IllegalStateException(
              "Sums of " + from.length + " numbers added to " + into.length);
        }
        for (int i = 0; i < into.length; i++) {
          into[i] += from[i];
        }
      }
    }
    return total;
  }

  /** The sums of no rows. */
  public static double[][][] zero(List<PassTask> tasks) {
    return tasks.stream()
        .map(task -> Arrays.stream(task.sumLengths()).mapToObj(double[]::new))
        .map(sums -> sums.toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  /** The sums of all tasks one after the other. */
  public static double[] join(double[][][] sums) {
    int length = Arrays.stream(sums).flatMap(Arrays::stream).mapToInt(sum -> sum.length).sum();
    double[] joined = new double[length];
    int at = 0;
    for (double[][] task : sums) {
      for (double[] sum : task) {
        System.arraycopy(sum, 0, joined, at, sum.length);
        at += sum.length;
      }
    }
    return joined;
  }

  /** The inverse of {@link #join}. */
  public static double[][][] cut(double[] joined, List<PassTask> tasks) {
    double[][][] sums = zero(tasks);
    int at = 0;
    for (double[][] task : sums) {
      for (double[] sum : task) {
        System.arraycopy(joined, at, sum, 0, sum.length);
        at += sum.length;
      }
    }
    return sums;
  }

  /** Of each task its sums, and the row values that {@code made} finds it to have made. */
  public static List<PassResult> byTask(
      double[][][] sums, List<PassTask> tasks, Function<PassTask, List<RowValues>> made) {
    List<PassResult> results = new ArrayList<>();
    for (int task = 0; task < sums.length; task++) {
      results.add(PassResult.of(sums[task], made.apply(tasks.get(task))));
    }
    return results;
  }
}
