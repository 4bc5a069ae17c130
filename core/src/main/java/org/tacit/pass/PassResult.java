package org.tacit.pass;

import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.program.Node;

/** What one task of a pass gave: its sums over all rows, and the row values that it made. */
public final class PassResult {
  private final double[][] sums;
  private final List<RowValues> made;

  private PassResult(double[][] sums, List<RowValues> made) {
    this.sums = sums;
    this.made = List.copyOf(made);
  }

  public static PassResult of(double[][] sums, List<RowValues> made) {
    return new PassResult(sums, made);
  }

  /** The sums in the plan's order, row-major; read only. */
  public double[][] sums() {
    return sums;
  }

  /** The row values in the plan's order. */
  public List<RowValues> made() {
    return made;
  }

  /** Whether a sum, or a row value that was made, is not a number. */
  boolean hasNaN() {
    return Arrays.stream(sums).anyMatch(PassResult::hasNaN);
  }

  private static boolean hasNaN(double[] sum) {
    return new Dense(sum, 0, sum.length, 1, sum.length).hasNaN();
  }

  /** Lets go of what nobody waits for. */
  static void close(List<PassResult> results) {
    results.forEach(result -> result.made().forEach(RowValues::close));
  }

  /** Of infinities that met between partitions, in the first sum that has a NaN. */
  NotANumberException met(List<Node> targets) {
    int first = 0;
    while (first < targets.size() - 1 && !hasNaN(sums[first])) {
      first++;
    }
    return new NotANumberException(targets.get(first).operation().name());
  }
}
