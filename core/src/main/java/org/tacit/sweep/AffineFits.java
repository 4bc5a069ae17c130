package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.PreparedSolver;
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
  private static final double DIAGONAL = 1e-12;
  private static final long SEED = 11;

  private final Fits fits;
  private final Matrix anchor;
  private final List<Fits.Seen> folds;

  private AffineFits(Fits fits, Matrix anchor, List<Fits.Seen> folds) {
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
    List<Fits.Seen> seen = fits.look(at);
    boolean isKnown =
        seen.stream()
            .allMatch(
                fold ->
                    fold.residual().filter(Matrix::isFinite).isPresent()
                        && fold.hessian().filter(a -> a.matrix().isFinite()).isPresent());
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
    Matrix x = prepared(fold, theta).solve(atZero(fold, theta).times(-1)).value();
    Matrix start = x.isFinite() ? x : fits.cold();
    return new Fits.Start(fold, theta, start, Optional.of(() -> prepared(fold, theta).nearby()));
  }

  private PreparedSolver prepared(int fold, Matrix theta) {
    Matrix a = folds.get(fold - FoldedRows.ALL).hessian().orElseThrow().matrix();
    Matrix here = a.plus(change(fold, theta));
    return LinearSolver.dense(ACCURACY)
        .prepare(new DenseOperator(here, Structure.POSITIVE_DEFINITE));
  }

  /**
   * D(theta) - D(t): diagonal, where it is so along a random direction, which then holds for all;
   * else column by column.
   */
  private Matrix change(int fold, Matrix theta) {
    int n = fits.cold().rows();
    Matrix diagonal = along(fold, theta, Matrix.filled(n, 1, 1));
    Random random = new Random(SEED);
    Matrix any = Matrix.zeros(n, 1).map(zero -> random.nextGaussian());
    Matrix due = diagonal.with(any, (d, v) -> d * v);
    boolean isDiagonal = along(fold, theta, any).minus(due).maxAbs() <= DIAGONAL * due.maxAbs();
    Matrix identity = Matrix.identity(n);
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      Matrix unit = identity.columnAt(j);
      columns.add(isDiagonal ? unit.times(diagonal.at(j)) : along(fold, theta, unit));
    }
    return Matrix.beside(columns);
  }

  private Matrix along(int fold, Matrix theta, Matrix v) {
    Matrix none = zeros(fits);
    Matrix here = fits.withoutRows(new Fits.Start(fold, theta, none), v).product();
    return here.minus(fits.withoutRows(new Fits.Start(fold, anchor, none), v).product());
  }
}
