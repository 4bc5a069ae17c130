package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Matrix;

/**
 * The block tridiagonal matrix T = Q'A Q that block conjugate gradients make on their way, by its
 * inverse: with Q = S U, U having the identity on its diagonal and -zeta' above it,
 *
 * <pre>
 *   T^-1 = U^-1 diag(xi) U'^-1
 * </pre>
 */
final class BlockTridiagonal {
  private static final int POWERS = 40;

  private final List<Matrix> xi = new ArrayList<>();

  /** The zeta that leads to step i + 1. */
  private final List<Matrix> zeta = new ArrayList<>();

  void add(Matrix newXi, Matrix newZeta) {
    xi.add(newXi);
    zeta.add(newZeta);
  }

  /**
   * The smallest eigenvalue from above, by the power method on T^-1; infinite before the first
   * step.
   */
  double smallest() {
    int steps = xi.size();
    if (steps == 0) {
      return Double.POSITIVE_INFINITY;
    }
    Random random = new Random(steps);
    List<Matrix> v = new ArrayList<>();
    for (Matrix block : xi) {
      v.add(Matrix.column(random.doubles(block.rows(), 0.5, 1).toArray()));
    }
    double norm = 1;
    for (int k = 0; k < POWERS; k++) {
      double before = norm(v);
      v.replaceAll(block -> block.times(1 / before));
      v = solved(v);
      norm = norm(v);
    }
    return 1 / norm;
  }

  private List<Matrix> solved(List<Matrix> v) {
    List<Matrix> w = new ArrayList<>();
    Matrix y = v.get(0);
    w.add(xi.get(0).times(y));
    for (int j = 1; j < v.size(); j++) {
      y = v.get(j).plus(zeta.get(j - 1).times(y));
      w.add(xi.get(j).times(y));
    }
    for (int j = v.size() - 2; j >= 0; j--) {
      w.set(j, w.get(j).plus(zeta.get(j).transpose().times(w.get(j + 1))));
    }
    return w;
  }

  private static double norm(List<Matrix> v) {
    return EuclideanNorm.of(v.stream().mapToDouble(Matrix::norm).toArray());
  }
}
