package org.tacit.projection;

import java.util.Arrays;
import org.tacit.primitive.LocallyConstant;

/**
 * Where clip(x + w tau, low, high) is at its bounds when w' of it is c: -1 at the lower, 1 at the
 * upper, 0 between. Inputs: x, low, high, w, c. w' clip(x + w tau) never falls in tau and is linear
 * between the breakpoints (bound - x) / w; bisection over the sorted breakpoints finds the piece.
 */
record BoxSectionFace() implements LocallyConstant, KinkedRows {
  @Override
  public String name() {
    return "boxSectionFace";
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] face) {
    double tau = between(inputs);
    for (int j = 0; j < face.length; j++) {
      double moved = inputs[0][j] + inputs[3][j] * tau;
      face[j] = moved <= inputs[1][j] ? -1 : moved >= inputs[2][j] ? 1 : 0;
    }
  }

  @Override
  public String kink() {
    return "an element is at its bound of a box section with no force to keep it there";
  }

  @Override
  public void marginsOfRow(double[][] inputs, double[] face, double[] distances, double[] sizes) {
    double tau = tau(inputs, face);
    for (int j = 0; j < face.length; j++) {
      double moved = inputs[0][j] + inputs[3][j] * tau;
      double low = Math.abs(moved - inputs[1][j]);
      double high = Math.abs(inputs[2][j] - moved);
      distances[j] = Math.min(low, high);
      double bound = low <= high ? inputs[1][j] : inputs[2][j];
      sizes[j] = Math.max(Math.abs(inputs[0][j]), Math.max(Math.abs(moved), Math.abs(bound)));
    }
  }

  /** The tau of a face: that of its free elements, or some tau of a vertex. */
  private static double tau(double[][] inputs, double[] face) {
    double left = inputs[4][0];
    double slope = 0;
    for (int j = 0; j < face.length; j++) {
      double w = inputs[3][j];
      slope += face[j] == 0 ? w * w : 0;
      left -= w == 0 ? 0 : w * inputs[face[j] == 0 ? 0 : face[j] < 0 ? 1 : 2][j];
    }
    return slope == 0 ? between(inputs) : left / slope;
  }

  /** A tau strictly between the breakpoints of the piece where the total is met. */
  private static double between(double[][] inputs) {
    requireFeasible(inputs);
    double[] breaks = breakpoints(inputs);
    int below = 0;
    int above = breaks.length;
    while (below < above) {
      int middle = (below + above) >>> 1;
      if (total(inputs, breaks[middle]) < inputs[4][0]) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    return inside(breaks, below);
  }

  /** A point strictly between breakpoint {@code k} and the one before. */
  private static double inside(double[] breaks, int k) {
    if (breaks.length == 0) {
      return 0;
    } else if (k == 0) {
      return breaks[0] - 1 - Math.abs(breaks[0]);
    } else if (k == breaks.length) {
      return breaks[k - 1] + 1 + Math.abs(breaks[k - 1]);
    }
    return 0.5 * (breaks[k - 1] + breaks[k]);
  }

  private static double[] breakpoints(double[][] inputs) {
    int n = inputs[0].length;
    double[] breaks = new double[2 * n];
    int count = 0;
    for (int j = 0; j < n; j++) {
      for (int bound = 1; bound <= 2; bound++) {
        double at = (inputs[bound][j] - inputs[0][j]) / inputs[3][j];
        if (Double.isFinite(at)) {
          breaks[count++] = at;
        }
      }
    }
    breaks = Arrays.copyOf(breaks, count);
    Arrays.sort(breaks);
    return breaks;
  }

  private static double total(double[][] inputs, double tau) {
    double sum = 0;
    for (int j = 0; j < inputs[0].length; j++) {
      double w = inputs[3][j];
      double moved = inputs[0][j] + w * tau;
      sum += w == 0 ? 0 : w * Math.max(inputs[1][j], Math.min(inputs[2][j], moved));
    }
    return sum;
  }

  private static void requireFeasible(double[][] inputs) {
    double least = 0;
    double most = 0;
    double size = 0;
    for (int j = 0; j < inputs[0].length; j++) {
      double low = inputs[1][j];
      double high = inputs[2][j];
      double w = inputs[3][j];
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "Invalid bounds: [" + low + ", " + high + "] (must be low <= high)");
      } else if (w != 0) {
        least += w * (w > 0 ? low : high);
        most += w * (w > 0 ? high : low);
        size += Math.abs(w) * Math.max(Math.abs(low), Math.abs(high));
      }
    }
    double slack = Double.isInfinite(size) ? 0 : 1e-14 * size;
    double c = inputs[4][0];
    if (!(c >= least - slack && c <= most + slack)) {
      throw new IllegalArgumentException(
          "Invalid total of a box section: "
              + c
              + " (must be in ["
              + least
              + ", "
              + most
              + "], what the bounds allow)");
    }
  }
}
