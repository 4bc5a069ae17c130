package org.tacit.pass;

import java.util.ArrayList;
import java.util.List;

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
        for (int i = 0; i < into.length; i++) {
          into[i] += from[i];
        }
      }
    }
    return total;
  }

  /** The sums of no rows. */
  public static double[][][] zero(List<PassTask> tasks) {
    double[][][] zero = new double[tasks.size()][][];
    for (int task = 0; task < zero.length; task++) {
      int[] lengths = tasks.get(task).sumLengths();
      zero[task] = new double[lengths.length][];
      for (int sum = 0; sum < lengths.length; sum++) {
        zero[task][sum] = new double[lengths[sum]];
      }
    }
    return zero;
  }

  public static boolean hasNaN(double[][][] sums) {
    for (double[][] task : sums) {
      for (double[] sum : task) {
        for (double element : sum) {
          if (Double.isNaN(element)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The sums of each task as a list. */
  public static List<double[][]> byTask(double[][][] sums) {
    return new ArrayList<>(List.of(sums));
  }
}
