package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * M = A_0, a whole matrix near A that has been factorised. Where A_0 is of another theta and A
 * tells its diagonal d, M = A_0 + diag(d - d_0), which is A itself where only penalties have
 * changed; and where that is not positive definite, S A_0 S with the diagonal d.
 *
 * <p>Cost: none, or the product that tells d and a factorisation; 2 n^2 operations to apply.
 */
record NearbyPreconditioner(Nearby.Whole near, boolean isElsewhere) {
  private static final String NAME = "a neighbour's factors";

  /** A diagonal that differs by no more than this factor is left as it is. */
  private static final double CLOSE = 1.1;

  Prepared prepare(LinearOperator operator) {
    if (!isElsewhere) {
      return new Prepared(near, 0);
    }
    Optional<Matrix> diagonal = operator.diagonal();
    return diagonal
        .filter(d -> d.isFinite() && isFar(d))
        .flatMap(this::moved)
        .map(moved -> new Prepared(moved, 1))
        .orElseGet(() -> new Prepared(near, diagonal.isPresent() ? 1 : 0));
  }

  private boolean isFar(Matrix diagonal) {
    for (int i = 0; i < diagonal.rows(); i++) {
      double ratio = diagonal.at(i) / near.a().at(i, i);
      if (!(ratio <= CLOSE && ratio >= 1 / CLOSE)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Nearby.Whole> moved(Matrix diagonal) {
    Matrix added = withDiagonal(diagonal);
    Optional<Factorisation> factors = regular(added);
    return factors.isPresent()
        ? factors.map(found -> whole(added, found))
        : regular(scaled(diagonal)).map(found -> whole(scaled(diagonal), found));
  }

  private static Optional<Factorisation> regular(Matrix a) {
    return Factorisation.scaledCholesky(a)
        .filter(found -> found.reciprocalCondition() > a.rows() * Math.ulp(1.0));
  }

  private static Nearby.Whole whole(Matrix a, Factorisation factors) {
    return new Nearby.Whole(a, factors, Spectrum.estimate(factors, a.rows()));
  }

  private Matrix withDiagonal(Matrix diagonal) {
    int n = diagonal.rows();
    return Matrix.tabulate(n, n, (i, j) -> i == j ? diagonal.at(i) : near.a().at(i, j));
  }

  private Matrix scaled(Matrix diagonal) {
    int n = diagonal.rows();
    Matrix a = near.a();
    Matrix scale = Matrix.column(n, i -> Math.sqrt(Math.abs(diagonal.at(i) / a.at(i, i))));
    return Matrix.tabulate(n, n, (i, j) -> a.at(i, j) * (scale.at(i) * scale.at(j)));
  }

  /** The matrix that it came to, for the next. */
  record Prepared(Nearby.Whole whole, int products) {
    Preconditioner atHand() {
      return NamedPreconditioner.atHand(
          NAME,
          new Preconditioner.Prepared(
              whole.factors()::solve, products, OptionalDouble.of(whole.smallestEigenvalue())));
    }
  }
}
