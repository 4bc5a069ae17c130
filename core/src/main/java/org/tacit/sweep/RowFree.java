package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tacit.matrix.Matrix;

/**
 * What the Hessian of a fit has without rows, D(x, theta): the Jacobian of F, or of the gradient of
 * the smooth part, with zeros in the place of sums over rows. Where theta is apart, Hessians of two
 * thetas at one x differ by theirs of these. No pass.
 */
record RowFree(Fits fits, int fold) {
  private static final double DIAGONAL = 1e-12;
  private static final long SEED = 11;

  /** Diagonal, where it is so along a random direction, which then holds for all. */
  Matrix at(Matrix theta, Matrix x) {
    int n = x.rows();
    Fits.Start here = new Fits.Start(fold, theta, x);
    Matrix diagonal = along(here, Matrix.filled(n, 1, 1));
    Random random = new Random(SEED);
    Matrix any = Matrix.zeros(n, 1).map(zero -> random.nextGaussian());
    Matrix due = diagonal.with(any, (d, v) -> d * v);
    if (along(here, any).minus(due).maxAbs() <= DIAGONAL * due.maxAbs()) {
      return Matrix.tabulate(n, n, (i, j) -> i == j ? diagonal.at(i) : 0);
    }
    Matrix identity = Matrix.identity(n);
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      columns.add(along(here, identity.columnAt(j)));
    }
    return Matrix.beside(columns);
  }

  private Matrix along(Fits.Start here, Matrix v) {
    return fits.withoutRows(here, v).product();
  }
}
