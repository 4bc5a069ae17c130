/**
 * Linear operators known by their products, the structure they promise, and the Jacobians of
 * programs as operators.
 *
 * <p>{@link org.tacit.operator.LinearOperator} is what linear solvers are given: its products, its
 * {@link org.tacit.operator.Structure} and its {@link org.tacit.operator.Cost}, by which methods
 * are chosen. {@link org.tacit.operator.JacobianOperator} is that of a program at a point, with a
 * pass a product; {@link org.tacit.operator.HeldHessian} has its rows on the driver, {@link
 * org.tacit.operator.DenseOperator} is a matrix, {@link org.tacit.operator.ProximalOperator} that
 * of a map of f + g, which a {@link org.tacit.operator.Reduction} makes smaller. {@link
 * org.tacit.operator.ForwardingOperator} is another operator but for what it says.
 */
package org.tacit.operator;
