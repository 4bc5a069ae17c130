package org.tacit.projection;

import org.tacit.primitive.LocallyConstant;

/**
 * Where clip(x + w tau, low, high) is at its bounds when w' of it is c: -1 at the lower, 1 at the
 * upper, 0 between. Inputs: x, low, high, w, c. w' clip(x + w tau) never falls in tau and is linear
 * between the breakpoints (bound - x) / w; bisection over the sorted breakpoints finds the piece.
 * Breakpoints whose rounding hides the box are found again for x moved along w to them, which moves
 * the answer nowhere.
 */
record BoxSectionFace() implements LocallyConstant, KinkedRows {
  @Override
  public void evaluateRow(double[][] inputs, double[] face) {
    requireFeasible(inputs);
    found(inputs).write(face);
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
    return slope == 0 ? found(inputs).between() : left / slope;
  }

  /** The piece where the total is met. */
  private static BoxSectionPieces found(double[][] inputs) {
    double size = size(inputs);
    double last = Double.POSITIVE_INFINITY;
    BoxSectionPieces pieces = BoxSectionPieces.of(inputs);
    double at = pieces.find(inputs[4][0]);
    while (Math.ulp(at) > 1e-13 * size && at != 0 && Math.abs(at) <= 0.5 * last) {
      last = Math.abs(at);
      pieces = pieces.movedBy(at);
      at = pieces.find(inputs[4][0]);
    }
    return pieces;
  }

  /** The largest finite bound or total in units of tau. */
  private static double size(double[][] inputs) {
    double size = 0;
    for (int j = 0; j < inputs[0].length; j++) {
      for (double number : new double[] {inputs[1][j], inputs[2][j], inputs[4][0] / inputs[3][j]}) {
        double at = Math.abs(number / inputs[3][j]);
        size = at <= Double.MAX_VALUE ? Math.max(size, at) : size;
      }
    }
    return size;
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
          "Invalid total of a box section: %s (must be in [%s, %s], what the bounds allow)"
              .formatted(c, least, most));
    }
  }
}
