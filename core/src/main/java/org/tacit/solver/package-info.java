/**
 * Inner solvers: from a {@link org.tacit.optimality.Problem} to an approximate root of its
 * condition, one file a method.
 *
 * <ul>
 *   <li>{@link org.tacit.solver.Solver}, and what ends a solve and is told of it: {@link
 *       org.tacit.solver.Stopping}, {@link org.tacit.solver.Iteration}; {@link
 *       org.tacit.solver.Automatic} chooses.
 *   <li>Smooth objectives: {@link org.tacit.solver.NewtonPolished}, {@link
 *       org.tacit.solver.Newton}, {@link org.tacit.solver.TrustRegionNewton}, {@link
 *       org.tacit.solver.Lbfgs}, {@link org.tacit.solver.NonlinearConjugateGradient}, {@link
 *       org.tacit.solver.AcceleratedGradient}, {@link org.tacit.solver.SteepestDescent}, whose
 *       lengths are a {@link org.tacit.solver.LineSearch}'s; {@link org.tacit.solver.Fire} and one
 *       of its steps, {@link org.tacit.solver.FireMap}; {@link org.tacit.solver.StochasticGradient}
 *       by a {@link org.tacit.solver.StochasticStep}.
 *   <li>Squares: {@link org.tacit.solver.GaussNewton}, {@link org.tacit.solver.LevenbergMarquardt}.
 *   <li>Composite objectives and sets: {@link org.tacit.solver.ProximalNewton}, {@link
 *       org.tacit.solver.Fista}, {@link org.tacit.solver.Ista}, {@link org.tacit.solver.Owlqn},
 *       {@link org.tacit.solver.BoundedLbfgs}, {@link org.tacit.solver.CoordinateDescent}, {@link
 *       org.tacit.solver.BlockCoordinateDescent}, {@link org.tacit.solver.ConsensusSplitting},
 *       {@link org.tacit.solver.AdaptiveMirrorDescent}.
 *   <li>Constraints: {@link org.tacit.solver.InteriorPoint}, {@link
 *       org.tacit.solver.OperatorSplitting}, {@link org.tacit.solver.EqualityProgram}, {@link
 *       org.tacit.solver.ConicSplitting}.
 *   <li>Roots and fixed points: {@link org.tacit.solver.Picard}, {@link org.tacit.solver.Anderson},
 *       {@link org.tacit.solver.AndersonAccelerated}, {@link org.tacit.solver.Broyden}, {@link
 *       org.tacit.solver.Bisection}.
 *   <li>What a solve leaves to others: {@link org.tacit.solver.SecantPairs} for a preconditioner,
 *       {@link org.tacit.solver.SuitedStep} for derivatives.
 * </ul>
 *
 * <p>Inside, a solve is {@code Iterates}: a {@code Budget}, a {@code Trail} and a {@code Verdict}.
 */
package org.tacit.solver;
