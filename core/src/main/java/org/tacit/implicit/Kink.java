package org.tacit.implicit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
}
