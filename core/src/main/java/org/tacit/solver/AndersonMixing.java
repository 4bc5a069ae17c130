package org.tacit.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/**
 * Anderson's combination of the last steps of a fixed-point iteration x -> x + f(x): with the
 * differences dX and dF of the last m points and residuals,
 *
 * <pre>
 *   gamma = argmin |f - dF gamma|^2 + ridge sum_j |df_j|^2 gamma_j^2
 *   x+ = x + beta f - (dX + beta dF) gamma
 * </pre>
 *
 * with damping beta. The ridge, relative to each column, keeps gamma small where columns are nearly
 * dependent; it takes the normal equations. Without it:
 *
 * <p>The columns of dF are made orthonormal, the newest first, and those of dX with them; columns
 * that depend on newer ones say nothing new and are left out. Source: Walker and Ni, SIAM J. Numer.
 * Anal. 49 (2011); damping and ridge: Eyert, J. Comput. Phys. 124 (1996).
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
  private final double damping;
  private final double ridge;
  private final Deque<Pair> newestFirst = new ArrayDeque<>();
  private Pair last;

  AndersonMixing(int memory, double damping, double ridge) {
    this.memory = memory;
    this.damping = damping;
    this.ridge = ridge;
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
    Pair mixed = ridge == 0 ? projected(here) : shrunk(here);
    Matrix next = mixed.dx().plus(damping, mixed.df());
    return next.isFinite() ? next : x.plus(damping, f);
  }

  private Pair projected(Pair here) {
    Pair mixed = here;
    for (Pair basis : orthonormal()) {
      mixed = mixed.plus(-basis.df().dot(here.df()), basis);
    }
    return mixed;
  }

  /** By (dF'dF + ridge D) gamma = dF'f, D being the diagonal of dF'dF; columns of length one. */
  private Pair shrunk(Pair here) {
    List<Pair> units =
        newestFirst.stream()
            .filter(pair -> pair.df().norm() > 0)
            .map(pair -> pair.times(1 / pair.df().norm()))
            .toList();
    if (units.isEmpty()) {
      return here;
    }
    Matrix df = Matrix.beside(units.stream().map(Pair::df).toList());
    Matrix normal = df.transpose().times(df).plus(ridge, Matrix.identity(units.size()));
    Optional<Matrix> gamma =
        Factorisation.cholesky(normal)
            .map(factors -> factors.solve(df.transpose().times(here.df())));
    Pair mixed = here;
    for (int j = 0; gamma.isPresent() && j < units.size(); j++) {
      mixed = mixed.plus(-gamma.get().at(j), units.get(j));
    }
    return gamma.isPresent() ? mixed : projected(here);
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
