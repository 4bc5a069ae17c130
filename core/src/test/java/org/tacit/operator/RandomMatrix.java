package org.tacit.operator;

import java.util.Random;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/** Seeded matrices for tests. */
public final class RandomMatrix {
  private RandomMatrix() {}

  /** Of independent standard normal elements. */
  public static Matrix normal(int rows, int cols, Random random) {
    double[] elements = new double[rows * cols];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextGaussian();
    }
    return Matrix.adopting(rows, cols, elements);
  }

  /** An orthogonal matrix: the Cayley transform (I - S)^-1 (I + S) of an antisymmetric S. */
  public static Matrix orthogonal(int n, Random random) {
    Matrix g = normal(n, n, random);
    Matrix s = g.minus(g.transpose());
    Factorisation factorisation = Factorisation.lu(Matrix.identity(n).minus(s));
    return factorisation.solve(Matrix.identity(n).plus(s));
  }

  /** Q diag(eigenvalues) Q', symmetric bit for bit. */
  public static Matrix symmetric(Matrix eigenvalues, Random random) {
    int n = eigenvalues.rows();
    Matrix q = orthogonal(n, random);
    double[] scaled = q.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= eigenvalues.at(i % n);
    }
    Matrix a = Matrix.adopting(n, n, scaled).times(q.transpose());
    return a.plus(a.transpose()).times(0.5);
  }

  /** n numbers from 1 down to 1 / condition, evenly spaced in their logarithm. */
  public static Matrix spectrum(int n, double condition) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.pow(condition, n == 1 ? 0 : -(double) i / (n - 1));
    }
    return Matrix.adopting(n, 1, values);
  }
}
