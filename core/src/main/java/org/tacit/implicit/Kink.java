package org.tacit.implicit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.tacit.matrix.Matrix;

/**
 * That a solution stands on a kink, where the derivative in theta has a value for each side.
 *
 * @param where what holds there, each place once
 * @param given which of them the derivative is
 */
public record Kink(List<String> where, Given given) {
  private static final int MOST_NAMED = 3;

  public Kink {
    where = List.copyOf(where);
  }

  /** What a derivative computed on a kink is. */
  public sealed interface Given {
    /**
     * The derivative on one side.
     *
     * @param towards where theta moves on that side, of its shape: along moves v with a positive
     *     product with it
     */
    record OneSided(Matrix towards) implements Given {
      @Override
      public String toString() {
        return "the derivative given is one-sided: " + side(towards);
      }
    }

    /** Not the derivative on either side. */
    record OfNeitherSide() implements Given {
      @Override
      public String toString() {
        return "the derivative given is that of neither side";
      }
    }

    /** A derivative beside which another side has none: A is singular there. */
    record BesideNone() implements Given {
      @Override
      public String toString() {
        return "beside it the system is singular, and the solution not unique";
      }
    }
  }

  /** With something more exact said in the place of what it says of these. */
  Kink with(String exact, Collection<String> ofThese) {
    List<String> all = new ArrayList<>(List.of(exact));
    where.stream().filter(other -> !ofThese.contains(other)).forEach(all::add);
    return new Kink(all, given);
  }

  @Override
  public String toString() {
    return "a kink where " + String.join(", and where ", where) + "; " + given;
  }

  /** Which side, in the largest elements of the direction. */
  private static String side(Matrix direction) {
    if (direction.size() == 1) {
      return "from the " + (direction.at(0) > 0 ? "right" : "left") + " in theta";
    }
    StringJoiner sides = new StringJoiner(", ");
    double[] left = direction.toArray();
    double largest = direction.maxAbs();
    for (int k = 0; k < MOST_NAMED; k++) {
      int j = largest(left);
      if (Math.abs(left[j]) <= 1e-6 * largest) {
        break;
      }
      sides.add("from the " + (left[j] > 0 ? "right" : "left") + " in theta[" + j + "]");
      left[j] = 0;
    }
    return sides.toString();
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int j = 1; j < values.length; j++) {
      largest = Math.abs(values[j]) > Math.abs(values[largest]) ? j : largest;
    }
    return largest;
  }

  /**
   * How near a solution is to where the derivative jumps.
   *
   * @param distance the smallest distance of a value that switches ({@link Kinks}, {@link
   *     KinkSites}) to where it does NaN where it is not known
   * @param approach the largest part of its distance that the solution's error may have moved one
   *     of these values: at 1 or above, x and x* may lie on two sides of a kink
   * @param nearest which of the values is nearest, -1 where that is not told
   * @param standing the kink that the solution is on to rounding, where the derivative jumps there
   */
  public record Distance(double distance, double approach, int nearest, Optional<Kink> standing) {
    /** Whether no kink lies within the error of the solution. */
    public boolean isClear() {
      return approach < 1;
    }

    /** The nearer of this and a place at a distance, which the error may have crossed or not. */
    Distance and(double other, boolean isCrossed) {
      double part = isCrossed ? Double.POSITIVE_INFINITY : 0;
      return new Distance(
          Math.min(distance, other),
          Math.max(approach, part),
          other < distance ? -1 : nearest,
          standing);
    }

    /** With the kink that the solution is on. */
    Distance on(Optional<Kink> kink) {
      return new Distance(distance, approach, nearest, kink);
    }

    /** Whether nothing is known, since kinks are inside of solutions that are values of F. */
    public boolean isUnknown() {
      return Double.isNaN(distance);
    }

    static Distance unknown() {
      return new Distance(Double.NaN, 0, -1, Optional.empty());
    }

    /** Of values at these distances that may have moved so far. */
    static Distance of(Matrix distances, Matrix moves) {
      double distance = Double.POSITIVE_INFINITY;
      double approach = 0;
      int nearest = -1;
      for (int i = 0; i < distances.size(); i++) {
        nearest = distances.at(i) < distance ? i : nearest;
        distance = Math.min(distance, distances.at(i));
        double part =
            distances.at(i) == 0 ? Double.POSITIVE_INFINITY : moves.at(i) / distances.at(i);
        approach = Math.max(approach, part);
      }
      return new Distance(distance, approach, nearest, Optional.empty());
    }
  }
}
