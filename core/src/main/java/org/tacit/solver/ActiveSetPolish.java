package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    double[] elements = y.toArray();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = program.isEquality(i) ? elements[i] : Math.max(0, elements[i]);
    }
    return Matrix.adopting(elements.length, 1, elements);
  }

  private List<Integer> active(Pair at) {
    Matrix az = program.a().times(at.z());
    List<Integer> active = new ArrayList<>();
    for (int i = 0; i < az.rows(); i++) {
      if (program.isEquality(i) || at.y().at(i) > program.high().at(i) - az.at(i)) {
        active.add(i);
      }
    }
    return active;
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
