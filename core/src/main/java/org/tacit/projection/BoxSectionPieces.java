package org.tacit.projection;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The pieces of tau between the breakpoints of clip(x + w tau, low, high): coordinate j enters its
 * box at {@code enter[j]} and leaves it at {@code leave[j]}, which may be the same number.
 */
final class BoxSectionPieces {
  private final double[] x;
  private final double[][] inputs;
  private final double moved;
  private final double[] w;
  private final double[] first;
  private final double[] last;
  private final double[] enter;
  private final double[] leave;
  private double from = Double.NEGATIVE_INFINITY;
  private double to = Double.POSITIVE_INFINITY;

  private BoxSectionPieces(double[] x, double[][] inputs, double moved) {
    this.x = x;
    this.inputs = inputs;
    this.moved = moved;
    this.w = inputs[3];
    this.first = new double[x.length];
    this.last = new double[x.length];
    this.enter = new double[x.length];
    this.leave = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      first[j] = inputs[w[j] >= 0 ? 1 : 2][j];
      last[j] = inputs[w[j] >= 0 ? 2 : 1][j];
      enter[j] = w[j] == 0 ? sinceEver(x[j] > first[j]) : (first[j] - x[j]) / w[j];
      leave[j] = w[j] == 0 ? sinceEver(x[j] >= last[j]) : (last[j] - x[j]) / w[j];
    }
  }

  /** Inputs as in {@link BoxSectionFace}. */
  static BoxSectionPieces of(double[][] inputs) {
    return new BoxSectionPieces(inputs[0].clone(), inputs, 0);
  }

  /** The pieces for x + w tau in place of x, rounded once. */
  BoxSectionPieces movedBy(double tau) {
    double[] next = new double[x.length];
    Arrays.setAll(next, j -> Math.fma(tau, w[j], x[j]));
    return new BoxSectionPieces(next, inputs, moved + tau);
  }

  /** When a coordinate that does not move has entered, or left. */
  private static double sinceEver(boolean isTrue) {
    return isTrue ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Finds the piece where w' of the clipped point is {@code c}; a tau at its end. */
  double find(double c) {
    double[] breaks = breaks();
    int below = 0;
    int above = breaks.length;
    while (below < above) {
      int middle = (below + above) >>> 1;
      if (total(breaks[middle], true) < c) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    from = below == 0 ? Double.NEGATIVE_INFINITY : breaks[below - 1];
    to = below == breaks.length ? Double.POSITIVE_INFINITY : breaks[below];
    if (below < breaks.length && total(to, false) < c) {
      from = to; // several numbers lie between, though no double does
    }
    return Double.isFinite(to) ? to : Double.isFinite(from) ? from : 0;
  }

  /** A tau inside the piece found, for the point that was not moved. */
  double between() {
    if (Double.isInfinite(from) && Double.isInfinite(to)) {
      return moved;
    } else if (Double.isInfinite(from)) {
      return moved + to - 1 - Math.abs(to);
    }
    return moved + (Double.isInfinite(to) ? from + 1 + Math.abs(from) : 0.5 * from + 0.5 * to);
  }

  private double[] breaks() {
    return DoubleStream.concat(Arrays.stream(enter), Arrays.stream(leave))
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /** w' of the clipped point just after, or just before, what happens at {@code tau}. */
  private double total(double tau, boolean isAfter) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      if (w[j] != 0) {
        boolean isThrough = isAfter || enter[j] < tau;
        boolean isOut = leave[j] < tau || (leave[j] == tau && isThrough);
        sum += w[j] * (isOut ? last[j] : enter[j] < tau ? clipped(j, tau) : first[j]);
      }
    }
    return sum;
  }

  private double clipped(int j, double tau) {
    double moved = Math.fma(tau, w[j], x[j]);
    double low = Math.min(first[j], last[j]);
    double high = Math.max(first[j], last[j]);
    return Math.max(low, Math.min(high, moved));
  }

  /** -1 at the lower bound, 1 at the upper, 0 between, on the piece found. */
  void write(double[] face) {
    for (int j = 0; j < face.length; j++) {
      boolean isInstant = enter[j] == leave[j] && first[j] != last[j];
      boolean isHere = isInstant && from == to && enter[j] == to;
      int sign = w[j] >= 0 ? 1 : -1;
      face[j] = isHere ? 0 : leave[j] <= from ? sign : enter[j] < to ? 0 : -sign;
    }
  }
}
