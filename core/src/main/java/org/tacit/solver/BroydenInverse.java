package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/** H = H_0 + sum of u v', where each u v' makes H y = s for the newest pair (Sherman, Morrison). */
final class BroydenInverse {
  private record RankOne(Matrix u, Matrix v) {}

  private final Optional<Factorisation> jacobian;
  private final List<RankOne> changes = new ArrayList<>();

  private BroydenInverse(Optional<Factorisation> jacobian) {
    this.jacobian = jacobian;
  }

  /** H_0 the inverse of this matrix; -I where it has none. */
  static BroydenInverse of(Matrix jacobian) {
    Factorisation lu = jacobian.isFinite() ? Factorisation.lu(jacobian) : null;
    boolean isRegular = lu != null && lu.reciprocalCondition() > 1e-14;
    return new BroydenInverse(isRegular ? Optional.of(lu) : Optional.empty());
  }

  static BroydenInverse ofMinusIdentity() {
    return new BroydenInverse(Optional.empty());
  }

  boolean isFresh() {
    return changes.isEmpty();
  }

  int rank() {
    return changes.size();
  }

  /** H r. */
  Matrix apply(Matrix r) {
    Matrix result = jacobian.map(lu -> lu.solve(r)).orElseGet(() -> r.times(-1));
    for (RankOne change : changes) {
      result = result.plus(change.v().dot(r), change.u());
    }
    return result;
  }

  private Matrix applyTransposed(Matrix r) {
    Matrix result = jacobian.map(lu -> lu.solveTransposed(r)).orElseGet(() -> r.times(-1));
    for (RankOne change : changes) {
      result = result.plus(change.u().dot(r), change.v());
    }
    return result;
  }

  /** Takes a step s and the change y of F along it. */
  void update(Matrix s, Matrix y) {
    Matrix hy = apply(y);
    double curvature = s.dot(hy);
    Matrix u = s.minus(hy).times(1 / curvature);
    if (u.isFinite() && Math.abs(curvature) > 1e-12 * s.norm() * hy.norm()) {
      changes.add(new RankOne(u, applyTransposed(s)));
    }
  }
}
