package org.tacit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Logistic loss with labels 0 and 1 as a program written by hand for it: plain loops over the same
 * arrays as a table's, a range of rows a thread.
 */
final class RowLoops {
  private static final int THREADS = 2;
  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "by hand");
            thread.setDaemon(true);
            return thread;
          });

  private final int p;
  private final int[] start;
  private final int[] index;
  private final double[] value;
  private final double[] label;

  /**
   * @param start where rows begin among the elements, sparse; empty for dense rows
   */
  RowLoops(int p, int[] start, int[] index, double[] value, double[] label) {
    this.p = p;
    this.start = start;
    this.index = index;
    this.value = value;
    this.label = label;
  }

  /** What a range of rows adds up to. */
  private interface Range {
    double[] sum(int from, int to);
  }

  int p() {
    return p;
  }

  int[] start() {
    return start;
  }

  int[] index() {
    return index;
  }

  double[] value() {
    return value;
  }

  double[] label() {
    return label;
  }

  private int rows() {
    return label.length;
  }

  private double[] all(Range range) {
    List<Future<double[]>> parts = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int from = (int) ((long) rows() * t / THREADS);
      int to = (int) ((long) rows() * (t + 1) / THREADS);
      parts.add(POOL.submit(() -> range.sum(from, to)));
    }
    try {
      double[] total = parts.get(0).get();
      for (Future<double[]> part : parts.subList(1, THREADS)) {
        double[] more = part.get();
        IntStream.range(0, total.length).forEach(j -> total[j] += more[j]);
      }
      return total;
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private double margin(int i, double[] w) {
    double sum = 0;
    if (index.length == 0) {
      int at = i * p;
      for (int j = 0; j < p; j++) {
        sum += value[at + j] * w[j];
      }
      return sum;
    }
    for (int e = start[i]; e < start[i + 1]; e++) {
      sum += value[e] * w[index[e]];
    }
    return sum;
  }

  private void add(int i, double factor, double[] sum) {
    if (index.length == 0) {
      int at = i * p;
      for (int j = 0; j < p; j++) {
        sum[j] += value[at + j] * factor;
      }
      return;
    }
    for (int e = start[i]; e < start[i + 1]; e++) {
      sum[index[e]] += value[e] * factor;
    }
  }

  /** The gradient, then the loss. */
  double[] evaluation(double[] w) {
    return all(
        (from, to) -> {
          double[] sum = new double[p + 1];
          for (int i = from; i < to; i++) {
            double m = margin(i, w);
            double e = Math.exp(-Math.abs(m));
            sum[p] += Math.max(m, 0) + Math.log1p(e) - label[i] * m;
            add(i, (m >= 0 ? 1 / (1 + e) : e / (1 + e)) - label[i], sum);
          }
          return sum;
        });
  }

  /** Of each row, s (1 - s). */
  double[] curvature(double[] w) {
    return IntStream.range(0, rows())
        .mapToDouble(i -> 1 / (1 + Math.exp(-margin(i, w))))
        .map(s -> s * (1 - s))
        .toArray();
  }

  double[] product(double[] curvature, double[] v) {
    return all(
        (from, to) -> {
          double[] sum = new double[p];
          for (int i = from; i < to; i++) {
            add(i, curvature[i] * margin(i, v), sum);
          }
          return sum;
        });
  }

  /** The whole Hessian of sparse rows, with the curvature, upper triangle first. */
  double[] hessian(double[] w) {
    double[] h =
        all(
            (from, to) -> {
              double[] sum = new double[p * p];
              for (int i = from; i < to; i++) {
                double s = 1 / (1 + Math.exp(-margin(i, w)));
                for (int e = start[i]; e < start[i + 1]; e++) {
                  double scaled = s * (1 - s) * value[e];
                  int row = index[e] * p;
                  for (int k = e; k < start[i + 1]; k++) {
                    sum[row + index[k]] += scaled * value[k];
                  }
                }
              }
              return sum;
            });
    for (int j = 0; j < p; j++) {
      for (int k = 0; k < j; k++) {
        h[j * p + k] = h[k * p + j];
      }
    }
    return h;
  }
}
