package org.tacit.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link RootFinder#broyden}. */
final class Broyden {
  private static final int MEMORY = 50;
  private static final int TOGETHER = 4;
  private static final int ROUNDS = 8;
  private static final double ARMIJO = 1e-4;

  private Broyden() {}

  static Outcome run(Problem problem, Iterates iterates) {
    if (!iterates.goesOn()) {
      return Outcome.STALLED;
    }
    Inverse inverse = fresh(problem, iterates);
    while (iterates.goesOn()) {
      Matrix x = iterates.x();
      Matrix f = iterates.here().residual();
      Matrix step = inverse.apply(f).times(-1);
      boolean hasMoved = step.isFinite() && search(iterates, step);
      if (hasMoved) {
        inverse.update(iterates.x().minus(x), iterates.here().residual().minus(f));
      } else {
        iterates.stay();
        if (inverse.isFresh()) {
          return Outcome.STALLED;
        }
      }
      boolean isWorn = !hasMoved || inverse.rank() >= MEMORY;
      if (isWorn && iterates.goesOn()) {
        inverse = fresh(problem, iterates);
      }
    }
    return Outcome.STALLED;
  }

  private static Inverse fresh(Problem problem, Iterates iterates) {
    if (!problem.cost().isCheapWhole()) {
      return Inverse.ofMinusIdentity();
    }
    try (ClosableOperator jacobian = iterates.metered(() -> problem.jacobian(iterates.x()))) {
      return Inverse.of(DenseOperator.of(jacobian).matrix());
    } catch (NotANumberException unknown) {
      return Inverse.ofMinusIdentity();
    }
  }

  private static boolean search(Iterates iterates, Matrix step) {
    if (tries(iterates, step, 1)) {
      return true;
    }
    double t = 0.5;
    for (int round = 0; round < ROUNDS; round++) {
      if (tries(iterates, step, t, t / 2, t / 4, t / 8)) {
        return true;
      }
      t /= 1 << TOGETHER;
    }
    return false;
  }

  private static boolean tries(Iterates iterates, Matrix step, double... lengths) {
    List<Matrix> points = Arrays.stream(lengths).mapToObj(t -> iterates.x().plus(t, step)).toList();
    List<Optional<Problem.Evaluated>> there = iterates.evaluateAll(points);
    for (int k = 0; k < lengths.length; k++) {
      double enough = (1 - ARMIJO * lengths[k]) * iterates.norm();
      if (there.get(k).filter(at -> at.residual().norm() <= enough).isPresent()) {
        iterates.moveTo(points.get(k), there.get(k).get());
        return true;
      }
    }
    return false;
  }

  /**
   * H = H_0 + sum of u v', where each u v' makes H y = s for the newest pair (Sherman, Morrison).
   */
  private static final class Inverse {
    private record RankOne(Matrix u, Matrix v) {}

    private final Optional<Factorisation> jacobian;
    private final List<RankOne> changes = new ArrayList<>();

    private Inverse(Optional<Factorisation> jacobian) {
      this.jacobian = jacobian;
    }

    /** H_0 the inverse of this matrix; -I where it has none. */
    static Inverse of(Matrix jacobian) {
      Factorisation lu = jacobian.isFinite() ? Factorisation.lu(jacobian) : null;
      boolean isRegular = lu != null && lu.reciprocalCondition() > 1e-14;
      return new Inverse(isRegular ? Optional.of(lu) : Optional.empty());
    }

    static Inverse ofMinusIdentity() {
      return new Inverse(Optional.empty());
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
}
