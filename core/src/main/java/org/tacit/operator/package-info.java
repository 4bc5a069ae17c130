/**
 * Linear operators known by their products, and the Jacobians of programs as operators.
 *
 * <ul>
 *   <li>{@link org.tacit.operator.LinearOperator} is what linear solvers are given: its products
 *       and the {@link org.tacit.operator.Structure} that it promises; {@link
 *       org.tacit.operator.Cost}: what products take, by which methods are chosen. A {@link
 *       org.tacit.operator.ClosableOperator} keeps values beside a table. A {@link
 *       org.tacit.operator.ForwardingOperator} is another one but for what it says itself, such as
 *       one that counts its products.
 *   <li>{@link org.tacit.operator.JacobianOperator} is that of a program at a point, with a pass a
 *       product, {@link org.tacit.operator.ProximalOperator} that of a map of f + g; {@link
 *       org.tacit.operator.DenseOperator} is a matrix.
 *   <li>A {@link org.tacit.operator.MarginHessian} sees rows through their margins alone: it is
 *       made whole by its symmetry, or of rows that the driver holds.
 *   <li>What makes systems smaller: a {@link org.tacit.operator.LinearOperator.Reduction} to the
 *       unknowns that move, and of held rows a {@link org.tacit.operator.Dual} and {@link
 *       org.tacit.operator.HeldBlock}s, by {@link org.tacit.operator.HeldBlock.Columns}.
 * </ul>
 */
package org.tacit.operator;
