package org.tacit.primitive;

import org.tacit.matrix.Dense;

/**
 * What a {@link Kinked} primitive writes of its value of w columns: w distances, w sizes and w
 * numbers of pieces beside each other.
 */
public final class Margins {
  private final Dense target;
  private final int width;

  public Margins(Dense target) {
    this.target = target;
    this.width = target.cols() / 3;
  }

  /** Those of element (i, j); a distance that is not finite says that there is no kink. */
  public void set(int i, int j, double distance, double size, double piece) {
    int at = target.at(i) + j;
    boolean isNear = Double.isFinite(distance) && Double.isFinite(size);
    target.data()[at] = isNear ? Math.abs(distance) : Double.POSITIVE_INFINITY;
    target.data()[at + width] = isNear ? size : 0;
    target.data()[at + 2 * width] = piece;
  }

  /** That element (i, j) has no kink. */
  public void none(int i, int j) {
    set(i, j, Double.POSITIVE_INFINITY, 0, 0);
  }
}
