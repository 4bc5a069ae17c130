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
  private static final double LEAST = 1e-4;
  private static final double STEADY = 0.8;
  private static final double CLOSER = 1e-2;

  /** A step that makes the residual so many times smaller went to a root. */
  private static final double LEAP = 1e3;

  private static final int FEWEST = 3;

  private static final double DECADE = 0.1;

  /** What x moves by for a digit shrinks to less near most minimisers. */
  private static final double SHRINKING = 0.5;

  private final Matrix start;
  private final boolean isInertial;
  private Mark mark;
  private Mark markBefore;
  private Mark last;
  private double fall = Double.NaN;
  private double fallBefore = Double.NaN;
  private double lastMove;
  private double moveBefore;
  private int moves;
  private Mark anchor;
  private double rate = Double.NaN;
  private Mark digit;
  private double moveForDigit = Double.NaN;
  private double moveForDigitBefore = Double.NaN;
  private boolean isLookedAt;
  private boolean isDone;
  private boolean isEndless;
  private boolean isSteadySoFar;

  /** Where the residual had which norm. */
  private record Mark(Matrix x, double norm) {
    /** What x moved by for each factor e of the residual. */
    double movedFrom(Mark before) {
      return x.minus(before.x).norm() / Math.log(before.norm / norm);
    }
  }

  /** Of a method whose steps are those of inertia, or not. */
  Drift(Matrix start, boolean isInertial) {
    this.start = start;
    this.isInertial = isInertial;
    this.mark = new Mark(start, Double.NaN);
    this.markBefore = mark;
    this.last = mark;
    this.anchor = mark;
    this.digit = mark;
  }

  void moved(Matrix x, double norm) {
    Mark here = new Mark(x, norm);
    fallBefore = fall;
    fall = last.norm / norm;
    moveBefore = lastMove;
    lastMove = x.minus(isInertial ? markBefore.x : last.x).norm();
    if (!(norm > DECADE * mark.norm)) {
      markBefore = mark;
      mark = here;
    }
    last = here;
    moves++;
    if (Double.isNaN(digit.norm)) {
      digit = here;
    } else if (norm <= CLOSER * digit.norm) {
      moveForDigitBefore = moveForDigit;
      moveForDigit = here.movedFrom(digit);
      digit = here;
    }
  }

  /**
   * Whether x moved as far for the last digits as for those before, or far by inertia: what rolls
   * along where nothing pulls takes for ever to the next digit.
   */
  boolean isSuspect() {
    return (isInertial && !isDone) || moveForDigit >= SHRINKING * moveForDigitBefore;
  }

  /**
   * Whether steps are as long as those before for what they take from the residual, however far x
   * has come by others: Newton's move by about 1 where an exponential falls, whatever digits the
   * tolerance has. Steps to a minimiser become shorter, those of first order with the residual.
   */
  private boolean isSteady(double way) {
    double each = lastMove / Math.log(fall);
    double before = moveBefore / Math.log(fallBefore);
    return !isInertial
        && fall > 1
        && fallBefore > 1
        && lastMove > LEAST * way
        && each >= SHRINKING * before
        && moveForDigit >= SHRINKING * moveForDigitBefore;
  }

  /**
   * Looks closer from here, where a solve would be over, for two hundredths: the first may be what
   * was left in other unknowns.
   */
  void look(Matrix x, double norm) {
    isLookedAt = true;
    anchor = new Mark(x, norm);
    rate = Double.NaN;
    isDone = isEndless;
  }

  /**
   * Whether it was found that no point is the minimiser; or nothing else can be, where rounding
   * ends a closer look at steps that are steady.
   */
  boolean isEndless() {
    return isEndless || (isSteadySoFar && !isDone);
  }

  /** Whether the solve is over, its residual being this norm, within the tolerance. */
  boolean isOver(Matrix x, double norm) {
    if (isDone || norm == 0) {
      return true;
    }
    double way = x.minus(start).norm();
    Mark here = new Mark(x, norm);
    if (Double.isNaN(anchor.norm)) {
      boolean isShort = Math.max(lastMove, moveBefore) < LONG * way;
      boolean isSteady = isSteady(way);
      isDone = moves < FEWEST || (isShort && !isSteady) || fall > LEAP;
      if (isSteady && !isDone) {
        isLookedAt = true;
        isSteadySoFar = true;
        rate = moveForDigit;
      }
    } else if (norm <= CLOSER * anchor.norm) {
      double next = here.movedFrom(anchor);
      isEndless = next >= STEADY * rate;
      boolean isShort = !isLookedAt && next < LONG * way / Math.log(1 / CLOSER);
      isDone = isEndless || !Double.isNaN(rate) || isShort;
      rate = next;
    } else {
      return false;
    }
    anchor = here;
    return isDone;
  }
}
