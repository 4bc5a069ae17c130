package org.tacit.sweep;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;

/**
 * Fits where F is affine in x and theta touches no row, as of least squares with squared penalties:
 *
 * <pre>
 *   F_k(x, theta) = A_k(theta) x + F_k(0, theta),    A_k(theta) = A_k(t) + D_k(theta) - D_k(t)
 * </pre>
 *
 * <p>t being any theta and D_k the Jacobian of F_k without its sums over rows. Cost: one pass for
 * A_k(t) and F_k(0, t) of all folds; a dense factorisation for each fold and theta.
 */
final class AffineFits {
  private static final double ACCURACY = 1e-10;

  private final Fits fits;
  private final Matrix anchor;
  private final List<Looks.Seen> folds;

  private AffineFits(Fits fits, Matrix anchor, List<Looks.Seen> folds) {
    this.fits = fits;
    this.anchor = anchor;
    this.folds = folds;
  }

  /** Of all rows and {@code count} folds, at one theta; one pass. Empty where that is no number. */
  static Optional<AffineFits> of(Fits fits, Matrix anchor, int count) {
    List<Fits.Start> at =
        IntStream.range(FoldedRows.ALL, count)
            .mapToObj(k -> new Fits.Start(k, anchor, zeros(fits)))
            .toList();
    List<Looks.Seen> seen = new Looks(fits).at(at);
    boolean isKnown =
        seen.stream()
            .allMatch(
                fold ->
                    fold.residual().filter(Matrix::isFinite).isPresent()
                        && fold.hessian().filter(Matrix::isFinite).isPresent());
    return isKnown ? Optional.of(new AffineFits(fits, anchor, seen)) : Optional.empty();
  }

  private static Matrix zeros(Fits fits) {
    return Matrix.zeros(fits.cold().rows(), 1);
  }

  /** |F_k(0, theta)|. */
  double reference(int fold, Matrix theta) {
    return atZero(fold, theta).norm();
  }

  private Matrix atZero(int fold, Matrix theta) {
    Matrix none = zeros(fits);
    Matrix here = fits.withoutRows(new Fits.Start(fold, theta, none), none).residual();
    Matrix there = fits.withoutRows(new Fits.Start(fold, anchor, none), none).residual();
    return folds.get(fold - FoldedRows.ALL).residual().orElseThrow().plus(here.minus(there));
  }

  /** A model at its solution, with the factors of its own matrix. */
  Fits.Start solved(int fold, Matrix theta) {
    Matrix x =
        LinearSolver.dense(ACCURACY)
            .prepare(new DenseOperator(matrix(fold, theta), Structure.POSITIVE_DEFINITE))
            .solve(atZero(fold, theta).times(-1))
            .value();
    Matrix start = x.isFinite() ? x : fits.cold();
    return new Fits.Start(fold, theta, start, Optional.of(Curvature.of(() -> matrix(fold, theta))));
  }

  private Matrix matrix(int fold, Matrix theta) {
    Matrix a = folds.get(fold - FoldedRows.ALL).hessian().orElseThrow();
    Matrix none = zeros(fits);
    RowFree rowFree = new RowFree(fits, fold);
    return a.plus(rowFree.at(theta, none).minus(rowFree.at(anchor, none)));
  }
}
