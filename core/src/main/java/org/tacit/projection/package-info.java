/**
 * Euclidean (and some Bregman) projections, differentiable in the point and in the set's
 * parameters, one file a set.
 *
 * <p>A projection on a set with faces is affine on each face. Here a primitive finds the face,
 * which is locally constant, and the point on it is written with {@link org.tacit.primitive.Var}:
 * so its value is exact to rounding and derivatives of any order follow.
 */
package org.tacit.projection;
