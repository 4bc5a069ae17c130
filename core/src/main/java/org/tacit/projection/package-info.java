/**
 * Euclidean (and some Bregman) projections, differentiable in the point and in the set's
 * parameters, one file a set.
 *
 * <p>A projection on a set with faces is affine on each face. Here a primitive finds the face,
 * which is locally constant, and the point on it is written with {@link org.tacit.primitive.Var}:
 * so its value is exact to rounding and derivatives of any order follow.
 *
 * <ul>
 *   <li>A {@link org.tacit.projection.Projection} on a set of the whole value or of each row
 *       ({@link org.tacit.projection.Extent}).
 *   <li>Bounds and planes: {@link org.tacit.projection.NonNegative}, {@link
 *       org.tacit.projection.Box}, {@link org.tacit.projection.Halfspace}, {@link
 *       org.tacit.projection.Hyperplane}, {@link org.tacit.projection.AffineSet}, {@link
 *       org.tacit.projection.Polyhedron}.
 *   <li>Simplices: {@link org.tacit.projection.Simplex}, {@link
 *       org.tacit.projection.CappedSimplex}, {@link org.tacit.projection.BoxSection}, {@link
 *       org.tacit.projection.SparseSimplex}, {@link org.tacit.projection.KlSimplex}, {@link
 *       org.tacit.projection.OrderSimplex}, {@link org.tacit.projection.Isotonic}, {@link
 *       org.tacit.projection.Permutahedron}.
 *   <li>Balls and spheres: {@link org.tacit.projection.L1Ball}, {@link
 *       org.tacit.projection.L1Sphere}, {@link org.tacit.projection.L2Ball}, {@link
 *       org.tacit.projection.L2Sphere}, {@link org.tacit.projection.LInfinityBall}.
 *   <li>Cones: {@link org.tacit.projection.SecondOrderCone}, {@link
 *       org.tacit.projection.ExponentialCone}, {@link org.tacit.projection.PsdCone}. Transport:
 *       {@link org.tacit.projection.Transport}, {@link org.tacit.projection.EntropicTransport}.
 *   <li>What sets and penalties are made of: {@link org.tacit.projection.AtLeast}, {@link
 *       org.tacit.projection.BlockMean}, {@link org.tacit.projection.Sorted}, {@link
 *       org.tacit.projection.RowKernel}, {@link org.tacit.projection.KinkedRows}.
 * </ul>
 */
package org.tacit.projection;
