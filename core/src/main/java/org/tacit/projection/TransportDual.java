package org.tacit.projection;

import org.tacit.matrix.Dense;

/** The dual of {@link TransportSupport}: its value, gradient and damped Newton steps. */
final class TransportDual {
  private final Dense x;
  private final double[] margins;
  private final double scale;

  private TransportDual(Dense x, double[] margins, double scale) {
    this.x = x;
    this.margins = margins;
    this.scale = scale;
  }

  static TransportDual of(Dense x, Dense row, Dense col) {
    double[] margins = new double[x.rows() + x.cols()];
    double rows = 0;
    double cols = 0;
    for (int k = 0; k < margins.length; k++) {
      boolean isRow = k < x.rows();
      double margin = isRow ? row.data()[row.at(k)] : col.data()[col.at(k - x.rows())];
      if (!(margin >= 0)) {
        throw new IllegalArgumentException("Invalid margin: " + margin + " (must be >= 0)");
      }
      margins[k] = margin;
      rows += isRow ? margin : 0;
      cols += isRow ? 0 : margin;
    }
    if (Math.abs(rows - cols) > 1e-9 * rows) {
      throw new IllegalArgumentException(
          "Invalid margins: rows sum to "
              + rows
              + ", columns to "
              + cols
              + " (must be equal; scale one of them)");
    }
    return new TransportDual(x, margins, Math.max(rows, Double.MIN_NORMAL));
  }

  /** Potentials with all of the plan positive. */
  double[] start() {
    double least = 0;
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        least = Math.min(least, x.data()[x.at(i) + j]);
      }
    }
    double[] potentials = new double[margins.length];
    java.util.Arrays.fill(potentials, 0, x.rows(), least - scale);
    return potentials;
  }

  double plan(double[] potentials, int i, int j) {
    return Math.max(0, x.data()[x.at(i) + j] - potentials[i] - potentials[x.rows() + j]);
  }

  boolean isSolvedBy(double[] potentials) {
    double rounding = 1e-15 * margins.length * (scale + largest(potentials));
    return largest(gradient(potentials)) <= rounding;
  }

  /** A step that lowers the dual; empty when rounding leaves none. */
  double[] step(double[] potentials) {
    double[] gradient = gradient(potentials);
    double[] direction = SpdSystem.solve(hessian(potentials, gradient), gradient);
    double slope = 0;
    for (int k = 0; k < direction.length; k++) {
      slope -= direction[k] * gradient[k];
    }
    double value = value(potentials);
    for (double length = 1; length > 1e-12; length /= 2) {
      double[] next = potentials.clone();
      for (int k = 0; k < next.length; k++) {
        next[k] -= length * direction[k];
      }
      if (value(next) <= value + 1e-4 * length * slope
          || largest(gradient(next)) < 0.5 * largest(gradient)) {
        return next;
      }
    }
    return new double[0];
  }

  private double value(double[] potentials) {
    double value = 0;
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        double p = plan(potentials, i, j);
        value += 0.5 * p * p;
      }
    }
    for (int k = 0; k < margins.length; k++) {
      value += potentials[k] * margins[k];
    }
    return value;
  }

  private double[] gradient(double[] potentials) {
    double[] gradient = margins.clone();
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        double p = plan(potentials, i, j);
        gradient[i] -= p;
        gradient[x.rows() + j] -= p;
      }
    }
    return gradient;
  }

  /** [[D(s 1), s], [s', D(s' 1)]], a little added where it is singular. */
  private double[][] hessian(double[] potentials, double[] gradient) {
    int n = margins.length;
    double[][] hessian = new double[n][n];
    double damping = 1e-10 + 1e-3 * Math.min(1, largest(gradient) / scale);
    for (int k = 0; k < n; k++) {
      hessian[k][k] = damping;
    }
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        if (plan(potentials, i, j) > 0) {
          int k = x.rows() + j;
          hessian[i][i]++;
          hessian[k][k]++;
          hessian[i][k]++;
          hessian[k][i]++;
        }
      }
    }
    return hessian;
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double element : vector) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }
}
