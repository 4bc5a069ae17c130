package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.tacit.matrix.Matrix;

/**
 * That a solution stands on a kink, where the derivative in theta has a value for each side.
 *
 * @param where what holds there, each place once
 * @param towards the direction, of theta's shape, in which theta moves where the derivative given
 *     is that of the solution: for moves v with a positive product with it, while that for the
 *     others is another; empty where it is of neither side
 */
public record Kink(List<String> where, Optional<Matrix> towards) {
  private static final int MOST_NAMED = 3;

  public Kink {
    where = List.copyOf(where);
  }

  /** With more of what holds there, said first. */
  Kink with(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(where);
    return new Kink(all, towards);
  }

  @Override
  public String toString() {
    String side =
        towards.map(direction -> "one-sided: " + side(direction)).orElse("that of neither side");
    return "a kink where "
        + String.join(", and where ", where)
        + "; the derivative given is "
        + side;
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
