/**
 * Breeze's optimisers and LAPACK's dense factorisations behind interfaces of our own; the only
 * package that touches Scala.
 *
 * <ul>
 *   <li>{@link org.tacit.breeze.QuasiNewton} iterates Breeze's methods, {@link
 *       org.tacit.breeze.QuasiNewton.BoundedDirection} is the direction of one of their steps.
 *   <li>A {@link org.tacit.breeze.Factorisation} solves; {@link org.tacit.breeze.SingularValues}:
 *       in the least-squares sense, too; {@link org.tacit.breeze.Eigenvalues} are of symmetric
 *       matrices.
 * </ul>
 */
package org.tacit.breeze;
