package org.tacit.breeze;

import org.tacit.matrix.Matrix;

/**
 * Units of a problem for a method with absolute constants: x = origin + scale z, and values in
 * units of scale slope.
 *
 * @param origin n x 1
 * @param scale the length of a first step, > 0
 * @param slope the norm of the gradient where the method starts, > 0
 */
record Units(Matrix origin, double scale, double slope) {
  Matrix x(Matrix z) {
    return origin.plus(scale, z);
  }

  Matrix z(Matrix x) {
    return x.minus(origin).map(v -> v / scale);
  }

  double value(double f) {
    return f / (scale * slope);
  }

  Matrix gradient(Matrix g) {
    return g.map(v -> v / slope);
  }
}
