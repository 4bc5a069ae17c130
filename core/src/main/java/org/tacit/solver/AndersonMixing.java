package org.tacit.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * Anderson's combination of the last steps of a fixed-point iteration x -> x + f(x): with the
 * differences dX and dF of the last m points and residuals,
 *
 * <pre>
 *   gamma = argmin |f - dF gamma|,   x+ = x + f - (dX + dF) gamma
 * </pre>
 *
 * The columns of dF are made orthonormal, the newest first, and those of dX with them; columns that
 * depend on newer ones say nothing new and are left out. Source: Walker and Ni, SIAM J. Numer.
 * Anal. 49 (2011).
 */
final class AndersonMixing {
  private static final double DEPENDENT = 1e-10;

  private record Pair(Matrix dx, Matrix df) {
    Pair plus(double factor, Pair other) {
      return new Pair(dx.plus(factor, other.dx), df.plus(factor, other.df));
    }

    Pair times(double factor) {
      return new Pair(dx.times(factor), df.times(factor));
    }
  }

  private final int memory;
  private final Deque<Pair> newestFirst = new ArrayDeque<>();
  private Pair last;

  AndersonMixing(int memory) {
    this.memory = memory;
  }

  /** Forgets all but what comes. */
  void forget() {
    newestFirst.clear();
    last = null;
  }

  /** The next point from x and its f(x). */
  Matrix next(Matrix x, Matrix f) {
    Pair here = new Pair(x, f);
    if (last != null) {
      newestFirst.addFirst(here.plus(-1, last));
      if (newestFirst.size() > memory) {
        newestFirst.removeLast();
      }
    }
    last = here;
    Pair mixed = here;
    for (Pair basis : orthonormal()) {
      mixed = mixed.plus(-basis.df().dot(f), basis);
    }
    Matrix next = mixed.dx().plus(mixed.df());
    return next.isFinite() ? next : x.plus(f);
  }

  private List<Pair> orthonormal() {
    List<Pair> bases = new ArrayList<>();
    for (Pair pair : newestFirst) {
      Pair left = pair;
      for (int twice = 0; twice < 2; twice++) {
        for (Pair basis : bases) {
          left = left.plus(-basis.df().dot(left.df()), basis);
        }
      }
      double norm = left.df().norm();
      if (norm > DEPENDENT * pair.df().norm()) {
        bases.add(left.times(1 / norm));
      }
    }
    return bases;
  }
}
