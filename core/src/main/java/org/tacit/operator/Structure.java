package org.tacit.operator;

import java.util.Optional;
import java.util.Random;
import org.tacit.matrix.Matrix;

/** What an operator promises of itself; methods are chosen by it. */
public enum Structure {
  GENERAL,
  SYMMETRIC,
  /** Symmetric with positive eigenvalues. */
  POSITIVE_DEFINITE;

  /** What rounding may make of y'Ax - x'Ay, as a part of |x| |Ay| + |y| |Ax|. */
  private static final double ROUNDING = 1e-8;

  public boolean isSymmetric() {
    return this != GENERAL;
  }

  /**
   * What is found wrong with this as the promise of an operator A, by two random vectors x and y: a
   * symmetric A has y'Ax = x'Ay, a positive definite one x'Ax > 0 and y'Ay > 0 too. Never wrong
   * when it finds a fault; what it passes it has not proved. One product with two columns; none for
   * a general operator.
   */
  public Optional<String> fault(LinearOperator operator, long seed) {
    if (!isSymmetric()) {
      return Optional.empty();
    }
    if (operator.rows() != operator.cols()) {
      return Optional.of("it is " + operator.rows() + " x " + operator.cols());
    }
    Matrix probes = normal(operator.cols(), new Random(seed));
    Matrix products = operator.apply(probes);
    Matrix x = probes.columnAt(0);
    Matrix y = probes.columnAt(1);
    Matrix ax = products.columnAt(0);
    Matrix ay = products.columnAt(1);
    double size = x.norm() * ay.norm() + y.norm() * ax.norm();
    double asymmetry = y.dot(ax) - x.dot(ay);
    if (!(Math.abs(asymmetry) <= ROUNDING * size)) {
      return Optional.of("y'Ax differs from x'Ay by " + asymmetry + ": it is not symmetric");
    }
    double smallest = Math.min(x.dot(ax), y.dot(ay));
    if (this == POSITIVE_DEFINITE && !(smallest > 0)) {
      return Optional.of("x'Ax is " + smallest + " for some x: it is not positive definite");
    }
    return Optional.empty();
  }

  private static Matrix normal(int n, Random random) {
    double[] elements = new double[2 * n];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextGaussian();
    }
    return Matrix.adopting(n, 2, elements);
  }
}
