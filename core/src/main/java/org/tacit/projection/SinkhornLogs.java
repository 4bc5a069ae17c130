package org.tacit.projection;

import org.tacit.matrix.Dense;

/**
 * The logarithms X - u 1' - 1 v' of an entropic plan, and Sinkhorn's iteration for u and v. Far
 * from the origin the potentials are taken off in twice the precision and sought again, until few
 * are left to take off: what is then rounded is small.
 */
final class SinkhornLogs {
  private static final int MAX_ITERATIONS = 100_000;
  private static final double TOLERANCE = 1e-14;
  private static final double SMALL = 64;

  private final double[][] x;
  private final double[] logRow;
  private final double[] logCol;
  private int iterations;

  /** Logarithms of X, with positive margins. */
  SinkhornLogs(Dense point, double[] row, double[] col) {
    this.x = new double[row.length][col.length];
    this.logRow = java.util.Arrays.stream(row).map(Math::log).toArray();
    this.logCol = java.util.Arrays.stream(col).map(Math::log).toArray();
    for (int i = 0; i < row.length; i++) {
      System.arraycopy(point.data(), point.at(i), x[i], 0, col.length);
    }
  }

  /** The plan with the margins. */
  double[][] plan() {
    double most;
    do {
      double[] u = new double[logRow.length];
      double[] v = new double[logCol.length];
      iterate(u, v);
      takeOff(u, v);
      most = Math.max(TransportDual.largest(u), TransportDual.largest(v));
    } while (most > SMALL);
    double[][] plan = new double[x.length][];
    for (int i = 0; i < plan.length; i++) {
      plan[i] = java.util.Arrays.stream(x[i]).map(Math::exp).toArray();
    }
    return plan;
  }

  private void iterate(double[] u, double[] v) {
    for (boolean isFirst = true; ; isFirst = false) {
      double change = 0;
      for (int j = 0; j < v.length; j++) {
        double next = logSumOfColumn(u, j) - logCol[j];
        change = Math.max(change, isFirst ? 1 : Math.abs(next - v[j]));
        v[j] = next;
      }
      for (int i = 0; i < u.length; i++) {
        u[i] = logSumOfRow(v, i) - logRow[i];
      }
      if (change <= TOLERANCE * (1 + TransportDual.largest(v))) {
        return;
      } else if (++iterations == MAX_ITERATIONS || Double.isNaN(change)) {
        throw new IllegalArgumentException(
            "Unconverged entropic transport: "
                + iterations
                + " Sinkhorn iterations (must meet the margins; divide the point by a larger"
                + " temperature)");
      }
    }
  }

  private void takeOff(double[] u, double[] v) {
    for (int i = 0; i < u.length; i++) {
      for (int j = 0; j < v.length; j++) {
        x[i][j] = new CompensatedSum().add(x[i][j]).add(-u[i]).add(-v[j]).value();
      }
    }
  }

  private double logSumOfColumn(double[] u, int j) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < u.length; i++) {
      most = Math.max(most, x[i][j] - u[i]);
    }
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += Math.exp(x[i][j] - u[i] - most);
    }
    return most + Math.log(sum);
  }

  private double logSumOfRow(double[] v, int i) {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < v.length; j++) {
      most = Math.max(most, x[i][j] - v[j]);
    }
    double sum = 0;
    for (int j = 0; j < v.length; j++) {
      sum += Math.exp(x[i][j] - v[j] - most);
    }
    return most + Math.log(sum);
  }
}
