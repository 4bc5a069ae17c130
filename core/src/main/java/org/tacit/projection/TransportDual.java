package org.tacit.projection;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;

/**
 * The dual of {@link CentredPlan}: its value, gradient and damped Newton steps. Margins, point and
 * potentials are counted in a power of two near the sum of a margin, the point from its largest
 * element at first.
 */
final class TransportDual {
  private final int rows;
  private final Matrix x;
  private final double[] margins;
  private final double unit;

  private TransportDual(Matrix x, double[] margins, double unit) {
    this.rows = x.rows();
    this.x = x;
    this.margins = margins;
    this.unit = unit;
  }

  static TransportDual of(Dense x, Dense row, Dense col) {
    double[] atRows = row.toMatrix().toArray();
    double[] atCols = col.toMatrix().toArray();
    double[] margins = DoubleStream.concat(Arrays.stream(atRows), Arrays.stream(atCols)).toArray();
    for (double margin : margins) {
      if (!(margin >= 0)) {
        throw new IllegalArgumentException("Invalid margin: " + margin + " (must be >= 0)");
      }
    }
    double rows = Arrays.stream(atRows).reduce(0, Double::sum);
    double cols = Arrays.stream(atCols).reduce(0, Double::sum);
    if (Math.abs(rows - cols) > 1e-9 * rows) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid margins: rows sum to %s, columns to %s (must be equal; scale one of"
                  + " them)",
              rows, cols));
    }
    double unit = Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(rows)));
    Arrays.setAll(margins, k -> margins[k] / unit);
    double largest = Arrays.stream(x.toMatrix().toArray()).max().orElse(Double.NEGATIVE_INFINITY);
    return new TransportDual(x.toMatrix().map(v -> (v - largest) / unit), margins, unit);
  }

  /** Potentials with all of the plan positive. */
  double[] start() {
    double least = Arrays.stream(x.toArray()).reduce(0, Math::min);
    double[] potentials = origin();
    Arrays.fill(potentials, 0, rows, least - 1);
    return potentials;
  }

  /** Potentials of zero. */
  double[] origin() {
    return new double[margins.length];
  }

  /** The dual of X - u 1' - 1 v', rounded once. */
  TransportDual centredAt(double[] potentials) {
    Matrix moved =
        Matrix.tabulate(
            rows,
            x.cols(),
            (i, j) ->
                new CompensatedSum()
                    .add(x.at(i, j))
                    .add(-potentials[i])
                    .add(-potentials[rows + j])
                    .value());
    return new TransportDual(moved, margins, unit);
  }

  /** Whether the positive part of X has the margins. */
  boolean isMet() {
    return largest(gradient(origin())) <= 1e-9;
  }

  /** X in its own units. */
  void write(Dense output) {
    x.times(unit).window().copyTo(output);
  }

  double plan(double[] potentials, int i, int j) {
    return Math.max(0, x.at(i, j) - potentials[i] - potentials[rows + j]);
  }

  boolean isSolvedBy(double[] potentials) {
    double rounding = 1e-15 * margins.length * (1 + largest(potentials));
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
    for (int i = 0; i < rows; i++) {
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
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < x.cols(); j++) {
        double p = plan(potentials, i, j);
        gradient[i] -= p;
        gradient[rows + j] -= p;
      }
    }
    return gradient;
  }

  /** [[D(s 1), s], [s', D(s' 1)]], a little added where it is singular. */
  private double[][] hessian(double[] potentials, double[] gradient) {
    int n = margins.length;
    double[][] hessian = new double[n][n];
    double damping = 1e-10 + 1e-3 * Math.min(1, largest(gradient));
    for (int k = 0; k < n; k++) {
      hessian[k][k] = damping;
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < x.cols(); j++) {
        if (plan(potentials, i, j) > 0) {
          int k = rows + j;
          hessian[i][i]++;
          hessian[k][k]++;
          hessian[i][k]++;
          hessian[k][i]++;
        }
      }
    }
    return hessian;
  }

  static double largest(double[] vector) {
    return Arrays.stream(vector).map(Math::abs).reduce(0, Math::max);
  }
}
