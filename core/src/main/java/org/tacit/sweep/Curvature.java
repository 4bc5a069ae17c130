package org.tacit.sweep;

import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.matrix.Matrix;

/**
 * The Hessian of a smooth objective, or of the smooth part of a composite one, near those to come,
 * and its factors; each made when it is first asked for, once.
 */
final class Curvature {
  private final Supplier<Matrix> making;
  private Optional<Matrix> matrix = Optional.empty();
  private Optional<Nearby> factors = Optional.empty();

  private Curvature(Supplier<Matrix> making) {
    this.making = making;
  }

  static Curvature of(Supplier<Matrix> making) {
    return new Curvature(making);
  }

  static Curvature of(Matrix known) {
    return of(() -> known);
  }

  /** What a solve has left, if anything. */
  static Optional<Curvature> of(Nearby left) {
    return left.matrix()
        .map(
            a -> {
              Curvature known = new Curvature(() -> a);
              known.factors = Optional.of(left);
              return known;
            });
  }

  synchronized Matrix matrix() {
    if (matrix.isEmpty()) {
      matrix = Optional.of(making.get());
    }
    return matrix.get();
  }

  /** Nothing where it is not positive definite. */
  synchronized Nearby factors() {
    if (factors.isEmpty()) {
      factors = Optional.of(Nearby.of(matrix()));
    }
    return factors.get();
  }
}
