package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;

/**
 * What is known of a symmetric positive definite matrix near those to come: nothing, or a whole one
 * with its factors, which a solve has left behind. A Hessian at the solution serves the adjoint
 * system there, and the problems of the thetas next to it: conjugate gradients preconditioned by it
 * take a handful of products. Where there is none, a diagonal that a solve asked for serves the
 * adjoint system at its solution. It also says what iterations have cost since, so that a sequence
 * of systems factorises once that pays. Immutable; results depend on it within their tolerance
 * only.
 */
public final class Nearby {
  /** Nothing is known. */
  public static final Nearby NOTHING = new Nearby(Optional.empty(), Optional.empty(), false, 0);

  private final Optional<Whole> whole;
  private final Optional<Matrix> diagonal;
  private final boolean isElsewhere;
  private final double spent;

  private Nearby(
      Optional<Whole> whole, Optional<Matrix> diagonal, boolean isElsewhere, double spent) {
    this.whole = whole;
    this.diagonal = diagonal;
    this.isElsewhere = isElsewhere;
    this.spent = spent;
  }

  /**
   * A matrix with its factors.
   *
   * @param knownSmallest the smallest eigenvalue of A, where it is known
   */
  record Whole(Matrix a, Factorisation factors, OptionalDouble knownSmallest) {
    Whole(Matrix a, Factorisation factors, double smallestEigenvalue) {
      this(a, factors, OptionalDouble.of(smallestEigenvalue));
    }

    /** An estimate where it is not known. */
    double smallestEigenvalue() {
      return knownSmallest.orElseGet(() -> Spectrum.estimate(factors, a.rows()));
    }
  }

  /** This matrix; nothing where it is not positive definite to rounding. */
  public static Nearby of(Matrix a) {
    return Optional.of(a)
        .filter(Matrix::isFinite)
        .flatMap(Factorisation::scaledCholesky)
        .filter(factors -> factors.reciprocalCondition() > a.rows() * Math.ulp(1.0))
        .map(factors -> of(new Whole(a, factors, OptionalDouble.empty())))
        .orElse(NOTHING);
  }

  static Nearby of(Whole whole) {
    return new Nearby(Optional.of(whole), Optional.empty(), false, 0);
  }

  /**
   * The same as seen from another theta, where the diagonal may be quite another, as that of
   * penalties is; one that is known by itself is forgotten.
   */
  public Nearby fromElsewhere() {
    return new Nearby(whole, Optional.empty(), true, spent);
  }

  /** The same with the diagonal of A, which is positive. */
  Nearby withDiagonal(Matrix known) {
    return new Nearby(whole, Optional.of(known), isElsewhere, spent);
  }

  /** The same for an A that may have quite another diagonal at the same theta. */
  public Nearby withoutDiagonal() {
    return new Nearby(whole, Optional.empty(), isElsewhere, spent);
  }

  /** The diagonal of an A of this theta and size, where one is known. */
  Optional<Matrix> diagonal(int n) {
    return diagonal.filter(known -> known.rows() == n);
  }

  /** The same after iterations that cost so many seconds more. */
  Nearby afterSpending(double seconds) {
    return new Nearby(whole, diagonal, isElsewhere, spent + seconds);
  }

  /** The same with this matrix in the place of its own. */
  Nearby with(Whole moved) {
    return new Nearby(Optional.of(moved), diagonal, false, spent);
  }

  /** What iterations have cost since a matrix was last factorised, in seconds ({@link Cost}). */
  double spent() {
    return spent;
  }

  /** Whether a matrix of this size is known. */
  public boolean knows(int n) {
    return whole.filter(known -> known.a().rows() == n).isPresent();
  }

  /** It itself, where one is known. */
  public Optional<Matrix> matrix() {
    return whole.map(Whole::a);
  }

  /** Whether it is of another theta. */
  public boolean isElsewhere() {
    return isElsewhere;
  }

  /** The known matrix with the diagonal of this operator, one product. */
  public Nearby at(LinearOperator operator) {
    return with(preconditioner().prepare(operator).whole());
  }

  /** The solution of a system with the known matrix. */
  public Matrix solve(Matrix b) {
    return whole.orElseThrow().factors().solve(b);
  }

  /** By the known matrix, of which there must be one of this size. */
  NearbyPreconditioner preconditioner() {
    return new NearbyPreconditioner(whole.orElseThrow(), isElsewhere);
  }
}
