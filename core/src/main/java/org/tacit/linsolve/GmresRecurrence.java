package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;

/**
 * One cycle of {@link LinearSolver#gmres}: Arnoldi vectors v with A M^-1 V = V+ H, and the QR
 * factorisation of the Hessenberg matrix H by plane rotations, whose last right-hand side is the
 * residual's norm.
 */
final class GmresRecurrence implements Recurrence {
  private final double target;
  private final Preconditioned m;
  private final int restart;
  private final int n;
  private final List<double[]> basis = new ArrayList<>();
  private final List<double[]> triangle = new ArrayList<>();
  private final double[] cosine;
  private final double[] sine;
  private final double[] right;
  private double size;

  GmresRecurrence(double[] r, double target, Preconditioned m, int restart) {
    this.target = target;
    this.m = m;
    this.restart = restart;
    this.n = r.length;
    this.cosine = new double[restart];
    this.sine = new double[restart];
    this.right = new double[restart + 1];
    right[0] = Vectors.norm(r);
    basis.add(Vectors.scaled(1 / right[0], r));
  }

  @Override
  public double[] wanted() {
    return m.apply(basis.get(basis.size() - 1));
  }

  @Override
  public State advance(double[] product) {
    int k = triangle.size();
    double[] h = new double[k + 2];
    double[] next = product.clone();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i <= k; i++) {
        double along = Vectors.dot(basis.get(i), next);
        h[i] += along;
        Vectors.add(-along, basis.get(i), next);
      }
    }
    h[k + 1] = Vectors.norm(next);
    double length = Vectors.norm(h);
    if (!Double.isFinite(length)) {
      return State.NOT_FINITE;
    }
    size = Math.max(size, length);
    boolean isInvariant = h[k + 1] <= Require.NEGLIGIBLE * size;
    rotate(h, k);
    if (Math.abs(h[k]) <= Require.NEGLIGIBLE * size) {
      return State.LEAST_SQUARES;
    }
    triangle.add(Arrays.copyOf(h, k + 1));
    if (Math.abs(right[k + 1]) <= target || isInvariant) {
      return State.AT_TARGET;
    }
    basis.add(Vectors.scaled(1 / h[k + 1], next));
    return triangle.size() == restart ? State.CYCLE_ENDED : State.GOES_ON;
  }

  private void rotate(double[] h, int k) {
    for (int i = 0; i < k; i++) {
      double above = cosine[i] * h[i] + sine[i] * h[i + 1];
      h[i + 1] = -sine[i] * h[i] + cosine[i] * h[i + 1];
      h[i] = above;
    }
    double length = Math.hypot(h[k], h[k + 1]);
    cosine[k] = length > 0 ? h[k] / length : 1;
    sine[k] = length > 0 ? h[k + 1] / length : 0;
    h[k] = length;
    right[k + 1] = -sine[k] * right[k];
    right[k] *= cosine[k];
  }

  /** M^-1 V y with R y = the rotated right-hand side. */
  @Override
  public double[] correction() {
    int k = triangle.size();
    double[] y = new double[k];
    double[] sum = new double[n];
    for (int i = k - 1; i >= 0; i--) {
      double rest = right[i];
      for (int j = i + 1; j < k; j++) {
        rest -= triangle.get(j)[i] * y[j];
      }
      y[i] = rest / triangle.get(i)[i];
      Vectors.add(y[i], basis.get(i), sum);
    }
    return m.apply(sum);
  }

  @Override
  public double smallestValue() {
    int k = triangle.size();
    if (k == 0) {
      return Double.POSITIVE_INFINITY;
    }
    Matrix r = Matrix.tabulate(k, k, (i, j) -> i <= j ? triangle.get(j)[i] : 0);
    return m.smallestOfOperator(SingularValues.valuesOf(r).at(k - 1));
  }
}
