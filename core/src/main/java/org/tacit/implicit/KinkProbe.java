package org.tacit.implicit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * Whether a derivative that was computed on a kink jumps there, by F's derivatives on both sides.
 *
 * <p>R(x, w) and h(x, w) of {@link DerivativeEquations} are taken at (x, theta) + c (dx, dtheta), w
 * kept, with dx the solution's derivative along dtheta, for c = +-c0 and +-2 c0. If R has the same
 * value on both sides, then w solves both sides' equations, and if h has too, the derivative is
 * one: jumps are J = 2 (g(c0) - g(-c0)) - (g(2 c0) - g(-2 c0)), in which what is smooth cancels to
 * the third order. Where a kink m(x, theta) = 0 is crossed, J is proportional to (d1 m, d2 m), and
 * J_h - B' A'^-1 J_R to the derivative of m along the solution, whose signs say which side is
 * which.
 *
 * <p>Cost: a pass over each table, a linear solve for dx, and another for the sides where theta has
 * several elements.
 *
 * @param sizes the norms of the terms of R and h, 1 x 1 each
 */
record KinkProbe(KinkPoint point, Value sizes) {
  private static final double STEP = 1e-7;

  /** Relative to the terms that R and h are sums of. */
  private static final double JUMP = 1e-9;

  private static final double SAME = 0.1;

  /** R and what h changes by. */
  record Value(Matrix r, Matrix h) {
    static Value in(Map<String, Matrix> moved) {
      return new Value(moved.get("R"), moved.get("bend").plus(moved.get("dh")));
    }

    Value minus(Value other) {
      return new Value(r.minus(other.r), h.minus(other.h));
    }

    Value plus(Value other) {
      return new Value(r.plus(other.r), h.plus(other.h));
    }

    Value times(double factor) {
      return new Value(r.times(factor), h.times(factor));
    }

    double norm() {
      return Math.hypot(r.norm(), h.norm());
    }
  }

  /**
   * The kink, where the derivative jumps on one of these places: with theta moved by parts of its
   * size, or of 1 where that crosses none of them.
   */
  Optional<Kink> at(Set<Integer> places, Displacement path, Matrix r) {
    if (places.isEmpty() || !path.isFinite()) {
      return Optional.empty();
    }
    try {
      double size = Displacement.sizes(point.theta()).maxAbs();
      List<Map<String, Matrix>> found = evaluated(path.ofLength(size));
      if (crossed(places, found).isEmpty()) {
        found = evaluated(path.ofLength(1));
      }
      return judged(places, found, r, path.dtheta());
    } catch (NotANumberException | IllegalArgumentException outside) {
      return Optional.of(
          new Kink(point.programs().sites().kinks(places), new Kink.Given.OfNeitherSide()));
    }
  }

  /** At c0, -c0, 2 c0 and -2 c0. */
  private List<Map<String, Matrix>> evaluated(Displacement path) {
    return point.evaluate(
        point.programs().moved(),
        DoubleStream.of(STEP, -STEP, 2 * STEP, -2 * STEP)
            .mapToObj(c -> path.times(c).of(point.values()))
            .toList());
  }

  private Optional<Kink> judged(
      Set<Integer> places, List<Map<String, Matrix>> found, Matrix r, Matrix along) {
    List<Value> values = found.stream().map(Value::in).toList();
    Value across = values.get(0).minus(values.get(1));
    Value jump = across.times(2).minus(values.get(2).minus(values.get(3)));
    Value here = new Value(r, Matrix.zeros(jump.h.rows(), jump.h.cols()));
    Value near = values.get(0).plus(values.get(1));
    Value far = values.get(2).plus(values.get(3));
    Value beside = near.minus(far.times(0.5)).minus(here);
    if (!isJump(jump, JUMP) && !isJump(beside, JUMP)) {
      return Optional.empty();
    }
    double ahead = values.get(0).minus(here).norm();
    double behind = values.get(1).minus(here).norm();
    boolean isOneSided = Math.min(ahead, behind) <= SAME * jump.norm();
    Set<Integer> crossed = crossed(places, found);
    return Optional.of(
        new Kink(
            point.programs().sites().kinks(crossed.isEmpty() ? places : crossed),
            isOneSided
                ? new Kink.Given.OneSided(sides(along, jump).times(ahead <= behind ? 1 : -1))
                : new Kink.Given.OfNeitherSide()));
  }

  /** Whether R or h jumps by more than a part of its terms. */
  boolean isJump(Value jump, double part) {
    return jump.r.norm() > part * sizes.r.value() || jump.h.norm() > part * sizes.h.value();
  }

  /** The derivative along the solution of what is zero on the kink, positive ahead. */
  private Matrix sides(Matrix along, Value jump) {
    if (!point.programs().equations().isTransposed() || along.size() == 1) {
      return along;
    }
    Matrix u = point.solution().adjoint(jump.r, Matrix.zeros(jump.r.rows(), 1)).value();
    Matrix total = jump.h.plus(point.solution().throughTheta(u));
    return total.times(Math.signum(total.dot(along)));
  }

  private static Set<Integer> crossed(Set<Integer> places, List<Map<String, Matrix>> found) {
    Set<Integer> crossed = new LinkedHashSet<>(places);
    Matrix both = found.get(0).get("crossed").plus(found.get(1).get("crossed"));
    crossed.removeIf(k -> both.at(0, k) == 0);
    return crossed;
  }
}
