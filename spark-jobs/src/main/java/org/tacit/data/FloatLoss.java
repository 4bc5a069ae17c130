package org.tacit.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether 32-bit floats keep the columns of a part apart from constants: a column of values up to m
 * in size that span s is stored with errors up to
 *
 * <pre>
 *   max(2^-24 m, 2^-150)
 * </pre>
 *
 * which must be at most s / {@value #DIGITS}, or m / {@value #DIGITS} of a constant. Years counted
 * in seconds lose their differences, numbers of 1e-46 everything. Seeing a row twice changes
 * nothing.
 */
final class FloatLoss implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double DIGITS = 1000;

  private final double scale;
  private final double[] least;
  private final double[] largest;

  /** Of features so wide, stored times a scale. */
  FloatLoss(int width, double scale) {
    this.scale = scale;
    this.least = new double[width];
    this.largest = new double[width];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
  }

  /**
   * A column that floats do not keep.
   *
   * @param size of its largest value
   * @param span between its least and its largest
   * @param error of a stored value, at most
   */
  record Lost(int column, double size, double span, double error) {}

  /** Row {@code r} of a run. */
  void add(Run run, int r) {
    if (least.length == 0) {
      return;
    }
    int next = 0;
    for (int i = 0; i < run.size(r); i++) {
      for (; next < run.index(r, i); next++) {
        add(next, 0);
      }
      add(next++, scale * run.value(r, i));
    }
    for (; next < least.length; next++) {
      add(next, 0);
    }
  }

  private void add(int column, double value) {
    least[column] = Math.min(least[column], value);
    largest[column] = Math.max(largest[column], value);
  }

  void add(FloatLoss that) {
    for (int j = 0; j < least.length; j++) {
      least[j] = Math.min(least[j], that.least[j]);
      largest[j] = Math.max(largest[j], that.largest[j]);
    }
  }

  /** The first column that is lost. */
  Optional<Lost> lost() {
    for (int j = 0; j < least.length; j++) {
      double size = Math.max(Math.abs(least[j]), Math.abs(largest[j]));
      double span = largest[j] - least[j];
      double error = Math.max(0x1p-24 * size, 0x1p-150);
      if (size > 0 && Double.isFinite(size) && error > (span > 0 ? span : size) / DIGITS) {
        return Optional.of(new Lost(j, size, span, error));
      }
    }
    return Optional.empty();
  }
}
