package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * The map of a point to the nearest point of a set C, argmin over y in C of |x - y|. The set's
 * parameters are values of the program, so that derivatives in them come with those in the point.
 *
 * <p>On a kink, where the point has several faces nearest, the derivative is that of the face that
 * the file names: an element of the generalised Jacobian.
 */
@FunctionalInterface
public interface Projection {
  /** The projection of {@code point}, of its shape. */
  Var of(Var point);
}
