package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * l <= a <= u by rows: a - l = 0 where l and u are the same, l - a <= 0 and a - u <= 0 elsewhere,
 * rows of infinite bounds left out. Neighbours of one kind stay together.
 */
record Range(List<Var> equalities, List<Var> inequalities) {
  static Range of(Var low, Var a, Var high) {
    if (a.shape().isSharded() || !a.shape().cols().isOne()) {
      throw new IllegalArgumentException(
          "Invalid range: " + a.shape() + " (must be a replicated column, one row a constraint)");
    }
    requireFits("lower", low, a.shape());
    requireFits("upper", high, a.shape());
    int m = a.shape().size();
    boolean[] isEqual = new boolean[m];
    boolean[] hasLow = new boolean[m];
    boolean[] hasHigh = new boolean[m];
    for (int i = 0; i < m; i++) {
      Var l = row(low, i);
      Var u = row(high, i);
      isEqual[i] = l.equals(u);
      hasLow[i] = !isEqual[i] && number(l) != Double.NEGATIVE_INFINITY;
      hasHigh[i] = !isEqual[i] && number(u) != Double.POSITIVE_INFINITY;
      if (number(l) > number(u)
          || number(l) == Double.POSITIVE_INFINITY
          || number(u) == Double.NEGATIVE_INFINITY) {
        throw new IllegalArgumentException(
            "Invalid range: row %s from %s to %s (must not be empty)"
                .formatted(i, number(l), number(u)));
      }
    }
    List<Var> inequalities = new ArrayList<>();
    runs(hasLow).forEach(run -> inequalities.add(run.of(low).minus(run.of(a))));
    runs(hasHigh).forEach(run -> inequalities.add(run.of(a).minus(run.of(high))));
    return new Range(
        runs(isEqual).stream().map(run -> run.of(a).minus(run.of(low))).toList(), inequalities);
  }

  private static void requireFits(String which, Var bound, Shape shape) {
    if (!bound.shape().isScalar() && !bound.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Invalid %s bound: %s (must be %s or 1 x 1, as what it bounds)"
              .formatted(which, bound.shape(), shape));
    }
  }

  private static Var row(Var bound, int i) {
    return bound.shape().isScalar() ? bound : bound.at(i);
  }

  /** The number that a bound is; NaN where it is a program. */
  private static double number(Var bound) {
    return bound.node().operation() instanceof Source.Constant constant
        ? constant.value().value()
        : Double.NaN;
  }

  /** Rows {@code from} to {@code to}. */
  private record Run(int from, int to) {
    Var of(Var column) {
      return column.shape().isScalar() ? column : column.slice(Side.ROWS, from, to);
    }
  }

  private static List<Run> runs(boolean[] isIn) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= isIn.length; i++) {
      if (i == isIn.length || !isIn[i]) {
        if (from < i) {
          runs.add(new Run(from, i));
        }
        from = i + 1;
      }
    }
    return runs;
  }
}
