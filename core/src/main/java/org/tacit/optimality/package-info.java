/**
 * The catalogue of optimality conditions F(x, theta) = 0, one file a condition, and what solvers
 * see of them.
 *
 * <ul>
 *   <li>A {@link org.tacit.optimality.Condition} is an equation and says of what kind it is ({@link
 *       org.tacit.optimality.Composite}: f + g; {@link org.tacit.optimality.Problem.Constraints}:
 *       KKT; and those inside it).
 *   <li>Ways to write one: {@link org.tacit.optimality.Stationarity} of an objective, {@link
 *       org.tacit.optimality.LeastSquares}, {@link org.tacit.optimality.ProximalGradient} of f + g
 *       or on a set, {@link org.tacit.optimality.MirrorDescent}, {@link
 *       org.tacit.optimality.ConvexHull} of vertices, {@link org.tacit.optimality.Kkt} under
 *       constraints, {@link org.tacit.optimality.ConicResidual} over a {@link
 *       org.tacit.optimality.Cone}, any {@link org.tacit.optimality.Root} and {@link
 *       org.tacit.optimality.FixedPoint}.
 *   <li>{@link org.tacit.optimality.ReadyCondition}: a condition with its programs, bound to a
 *       theta on tables a {@link org.tacit.optimality.Problem}, perhaps a {@link
 *       org.tacit.optimality.CompositeProblem} with its {@link org.tacit.optimality.ProximalMap},
 *       or a {@link org.tacit.optimality.MirrorProblem}; an {@link
 *       org.tacit.optimality.AnchoredStep} holds an automatic step during a solve.
 *   <li>{@link org.tacit.optimality.KktRegularity}: whether a solution of KKT can be
 *       differentiated.
 * </ul>
 */
package org.tacit.optimality;
