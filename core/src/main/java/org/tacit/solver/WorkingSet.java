package org.tacit.solver;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** Some of n unknowns, in the order in which they came. Immutable. */
final class WorkingSet {
  private final int n;
  private final int[] members;

  private WorkingSet(int n, int[] members) {
    this.n = n;
    this.members = members;
  }

  /** Those of n that a predicate names. */
  static WorkingSet of(int n, IntPredicate isIn) {
    return new WorkingSet(n, IntStream.range(0, n).filter(isIn).toArray());
  }

  /** 1 for the members, n x 1. */
  Matrix mask() {
    return with(Matrix.zeros(n, 1), Matrix.filled(size(), 1, 1));
  }

  /** The same members, ascending. */
  WorkingSet inOrder() {
    Matrix mask = mask();
    return of(n, i -> mask.at(i) != 0);
  }

  int size() {
    return members.length;
  }

  /**
   * The same with up to {@code atMost} more after its own: those that score highest, and above
   * zero.
   */
  WorkingSet with(Matrix scores, int atMost) {
    double[] left = scores.toArray();
    for (int i : members) {
      left[i] = 0;
    }
    IntStream more =
        IntStream.range(0, n)
            .filter(i -> left[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -left[i]).thenComparing(i -> i))
            .limit(atMost)
            .mapToInt(i -> i);
    return new WorkingSet(n, IntStream.concat(Arrays.stream(members), more).toArray());
  }

  /** The unit vectors of the members from position {@code from} on, n x (size - from). */
  Matrix units(int from) {
    return Matrix.tabulate(n, size() - from, (i, k) -> members[from + k] == i ? 1 : 0);
  }

  /** The rows of the members. */
  Matrix restrict(Matrix x) {
    return Matrix.tabulate(size(), x.cols(), (k, j) -> x.at(members[k], j));
  }

  /** {@code x} with these rows in the place of the members' own. */
  Matrix with(Matrix x, Matrix rows) {
    int width = x.cols();
    double[] elements = x.toArray();
    for (int k = 0; k < members.length; k++) {
      for (int j = 0; j < width; j++) {
        elements[members[k] * width + j] = rows.at(k, j);
      }
    }
    return Matrix.adopting(n, width, elements);
  }
}
