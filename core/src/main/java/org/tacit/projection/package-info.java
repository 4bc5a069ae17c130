/**
 * Projections (Euclidean, some in a Bregman divergence) and proximal maps of penalties,
 * differentiable in the point, the step, and the parameters of set and penalty.
 *
 * <p>A projection on a set with faces is affine on each face. Here a primitive finds the face,
 * which is locally constant, and the point on it is written with {@link org.tacit.primitive.Var}:
 * so its value is exact to rounding and derivatives of any order follow.
 *
 * <ul>
 *   <li>{@link org.tacit.projection.Projection}: what a user implements for a set of his own, and
 *       the sets there are, from {@code ontoNonNegative} to {@code ontoKlBirkhoff}.
 *   <li>{@link org.tacit.projection.BoxSection}: a plane's part between bounds, the one set with
 *       more than four parameters.
 *   <li>{@link org.tacit.projection.Prox}: what a user implements for a penalty of his own, and the
 *       penalties there are, from {@code none} to {@code logPenalty}.
 *   <li>{@link org.tacit.projection.Extent}: whether a set or a penalty is of the whole value or of
 *       each row.
 * </ul>
 */
package org.tacit.projection;
