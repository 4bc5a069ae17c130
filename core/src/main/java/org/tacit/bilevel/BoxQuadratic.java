package org.tacit.bilevel;

import java.util.stream.IntStream;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/**
 * g'p + 1/2 p'Bp on low &lt;= p &lt;= high, which holds p = 0, for a positive definite B of some
 * hundred rows. Minimised by projected Newton steps: those of the unknowns that no bound stops,
 * shortened along the projected path until the value falls. O(q^3) a step. Source: Bertsekas,
 * Projected Newton methods for optimization problems with simple constraints, SIAM J. Control
 * Optim. 20 (1982).
 */
record BoxQuadratic(Matrix b, Matrix g, Matrix low, Matrix high) {
  private static final int MOST_STEPS = 100;
  private static final int MOST_HALVINGS = 40;
  private static final double ENOUGH = 1e-12;
  private static final double SUFFICIENT = 1e-4;

  double value(Matrix p) {
    return g.dot(p) + 0.5 * p.dot(b.times(p));
  }

  Matrix minimiser() {
    Matrix p = clip(Matrix.zeros(g.rows(), 1));
    for (int k = 0; k < MOST_STEPS; k++) {
      Matrix slope = g.plus(b.times(p));
      int[] free = free(p, slope);
      double steepest = IntStream.of(free).mapToDouble(j -> Math.abs(slope.at(j))).max().orElse(0);
      if (steepest <= ENOUGH * g.maxAbs()) {
        return p;
      }
      Matrix next = searched(p, slope, direction(slope, free));
      if (next.equals(p)) {
        return p;
      }
      p = next;
    }
    return p;
  }

  /** The unknowns that no bound stops on the way down. */
  private int[] free(Matrix p, Matrix slope) {
    return IntStream.range(0, p.rows())
        .filter(j -> slope.at(j) > 0 ? p.at(j) > low.at(j) : p.at(j) < high.at(j))
        .filter(j -> slope.at(j) != 0)
        .toArray();
  }

  /** Newton's on the free unknowns; downhill where rounding leaves no factor. */
  private Matrix direction(Matrix slope, int[] free) {
    int m = free.length;
    Matrix downhill = Matrix.column(m, i -> -slope.at(free[i]));
    Matrix inner =
        Factorisation.cholesky(Matrix.tabulate(m, m, (i, j) -> b.at(free[i], free[j])))
            .map(of -> of.solve(downhill))
            .orElse(downhill);
    double[] whole = new double[slope.rows()];
    for (int i = 0; i < m; i++) {
      whole[free[i]] = inner.at(i);
    }
    return Matrix.column(whole);
  }

  private Matrix searched(Matrix p, Matrix slope, Matrix direction) {
    double here = value(p);
    double length = 1;
    for (int k = 0; k < MOST_HALVINGS; k++) {
      Matrix next = clip(p.plus(length, direction));
      if (value(next) <= here - SUFFICIENT * slope.dot(p.minus(next))) {
        return next;
      }
      length /= 2;
    }
    return p;
  }

  private Matrix clip(Matrix p) {
    return p.with(low, Math::max).with(high, Math::min);
  }
}
