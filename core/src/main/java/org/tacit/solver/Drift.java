package org.tacit.solver;

import org.tacit.matrix.Matrix;

/**
 * Whether a minimiser is near, or an infimum that no point has, such as that of a logistic loss on
 * separable rows: there the gradient becomes as small as one likes, and every further digit of it
 * moves x as far again.
 *
 * <p>It looks closer only where a solve has come to its tolerance with steps that are still long.
 * The solve then goes on, twice to a hundredth of the residual at most. With s_1 and s_2 what x
 * moved by for a digit, s_2 is 1 / 100 of s_1 near a regular minimiser and less than {@value
 * #STEADY} s_1 near one as flat as |x|^20; it is s_1 for exponential tails and more for others.
 *
 * <p>Steps of inertia are short however far there is to go. What counts there is how far x has come
 * since the residual was ten times as large.
 */
final class Drift {
  private static final double LONG = 3e-2;
  private static final double STEADY = 0.8;
  private static final double CLOSER = 1e-2;

  /** A step that makes the residual so many times smaller went to a root. */
  private static final double LEAP = 1e3;

  private static final int FEWEST = 3;

  private static final double DECADE = 0.1;

  private final Matrix start;
  private final boolean isInertial;
  private Mark mark;
  private Mark markBefore;
  private Matrix last;
  private double lastNorm = Double.NaN;
  private double fall = Double.NaN;
  private double lastMove;
  private double moveBefore;
  private int moves;
  private Matrix anchor;
  private double normAtAnchor = Double.NaN;
  private double rate = Double.NaN;
  private boolean isDone;
  private boolean isEndless;

  /** Where the residual had which norm. */
  private record Mark(Matrix x, double norm) {}

  /** Of a method whose steps are those of inertia, or not. */
  Drift(Matrix start, boolean isInertial) {
    this.start = start;
    this.isInertial = isInertial;
    this.mark = new Mark(start, Double.NaN);
    this.markBefore = mark;
    this.last = start;
    this.anchor = start;
  }

  void moved(Matrix x, double norm) {
    fall = lastNorm / norm;
    lastNorm = norm;
    moveBefore = lastMove;
    lastMove = x.minus(isInertial ? markBefore.x : last).norm();
    if (!(norm > DECADE * mark.norm)) {
      markBefore = mark;
      mark = new Mark(x, norm);
    }
    last = x;
    moves++;
  }

  /** Whether it was found that no point is the minimiser. */
  boolean isEndless() {
    return isEndless;
  }

  /** Whether the solve is over, its residual being this norm, within the tolerance. */
  boolean isOver(Matrix x, double norm) {
    if (isDone || norm == 0) {
      return true;
    }
    double way = x.minus(start).norm();
    boolean isLooking = !Double.isNaN(normAtAnchor);
    if (!isLooking) {
      boolean isShort = Math.max(lastMove, moveBefore) < LONG * way;
      isDone = moves < FEWEST || isShort || fall > LEAP;
    } else if (norm <= CLOSER * normAtAnchor) {
      double next = x.minus(anchor).norm() / Math.log(normAtAnchor / norm);
      isEndless = next >= STEADY * rate;
      isDone = isEndless || !Double.isNaN(rate) || next < LONG * way / Math.log(1 / CLOSER);
      rate = next;
    } else {
      return false;
    }
    anchor = x;
    normAtAnchor = norm;
    return isDone;
  }
}
