package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * A solution of a quadratic program from an approximate one: the constraints that look active, y_i
 * > u_i - (Az)_i, are taken as equalities, and the KKT equations of those solved; again from what
 * that gives, a few times. Source: Stellato et al. 2020, section 4; Hintermueller, Ito and Kunisch,
 * The primal-dual active set strategy as a semismooth Newton method, 2003.
 */
record ActiveSetPolish(QuadraticProgram program) {
  private static final int ROUNDS = 6;

  /** A pair (z, y). */
  record Pair(Matrix z, Matrix y) {}

  /** The first pair whose violation is within {@code bound}. */
  Optional<Pair> from(Matrix z, Matrix y, double bound) {
    Pair at = new Pair(z, y);
    List<Integer> before = List.of(-1);
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> active = active(at);
      if (active.equals(before)) {
        break;
      }
      before = active;
      Pair next = solved(active);
      if (!next.z().isFinite() || !next.y().isFinite()) {
        break;
      }
      at = next;
      if (program.violation(at.z(), at.y()) <= bound) {
        return Optional.of(new Pair(at.z(), nonNegative(at.y())));
      }
    }
    return Optional.empty();
  }

  private Matrix nonNegative(Matrix y) {
    return Matrix.column(y.rows(), i -> program.isEquality(i) ? y.at(i) : Math.max(0, y.at(i)));
  }

  private List<Integer> active(Pair at) {
    Matrix az = program.a().times(at.z());
    return IntStream.range(0, az.rows())
        .filter(i -> program.isEquality(i) || at.y().at(i) > program.high().at(i) - az.at(i))
        .boxed()
        .toList();
  }

  private Pair solved(List<Integer> active) {
    int n = program.variables();
    Matrix x = program.solved(active, 1e-15).x();
    double[] y = new double[program.constraints()];
    for (int j = 0; j < active.size(); j++) {
      y[active.get(j)] = x.at(n + j);
    }
    return new Pair(x.rows(0, n), Matrix.adopting(y.length, 1, y));
  }
}
