/**
 * The catalogue of optimality conditions F(x, theta) = 0, one file a condition, and what solvers
 * see of them.
 *
 * <ul>
 *   <li>A {@link org.tacit.optimality.Condition} is an equation and says of what kind it is ({@link
 *       org.tacit.optimality.Composite}, {@link org.tacit.optimality.Constraints} and those inside
 *       it). Ways to write one: {@link org.tacit.optimality.Stationarity}, {@link
 *       org.tacit.optimality.LeastSquares}, {@link org.tacit.optimality.ProximalGradient}, {@link
 *       org.tacit.optimality.BlockProximalGradient}, {@link
 *       org.tacit.optimality.ProjectedGradient}, {@link org.tacit.optimality.MirrorDescent}, {@link
 *       org.tacit.optimality.ConvexHull}, {@link org.tacit.optimality.Kkt}, {@link
 *       org.tacit.optimality.ConicResidual} over a {@link org.tacit.optimality.Cone}, {@link
 *       org.tacit.optimality.Root}, {@link org.tacit.optimality.FixedPoint}, {@link
 *       org.tacit.optimality.GradientDescent}, {@link org.tacit.optimality.NewtonFixedPoint}.
 *   <li>{@link org.tacit.optimality.ConditionPrograms} derives its programs, and binds them to a
 *       {@link org.tacit.optimality.Problem} at one theta on tables, perhaps a {@link
 *       org.tacit.optimality.CompositeProblem} or a {@link org.tacit.optimality.MirrorProblem};
 *       {@link org.tacit.optimality.ForwardingProblem} is for those that are seen otherwise. An
 *       automatic step is held by {@link org.tacit.optimality.AnchoredStep}; {@link
 *       org.tacit.optimality.ProximalMap} and {@link org.tacit.optimality.ProximalSlopes} are the
 *       map of a g and its derivative where that is diagonal.
 *   <li>Whether a solution of KKT can be differentiated: {@link
 *       org.tacit.optimality.KktRegularity}.
 * </ul>
 */
package org.tacit.optimality;
