/**
 * Inner solvers: from a {@link org.tacit.optimality.Problem} to an approximate root of its
 * condition, one file a method.
 *
 * <ul>
 *   <li>{@link org.tacit.solver.Solver}: a method, ours or yours; {@code automatic} chooses by what
 *       the problem is. {@link org.tacit.solver.Stopping}: when a solve is good enough, and when it
 *       has had enough; {@link org.tacit.solver.Solver.Iteration}: what a listener is told.
 *   <li>Ours by name: {@link org.tacit.solver.Minimiser} of smooth objectives and squares, {@link
 *       org.tacit.solver.CompositeMinimiser} of f + g and on sets, {@link
 *       org.tacit.solver.ConstrainedMinimiser} by KKT equations and cones, {@link
 *       org.tacit.solver.RootFinder} of equations and fixed points.
 *   <li>What some of them take: a {@link org.tacit.solver.Minimiser.LineSearch}, a {@link
 *       org.tacit.solver.Minimiser.Beta} of conjugate gradients, a {@link
 *       org.tacit.solver.StochasticStep}.
 *   <li>What tolerances of solves from several starts are relative to: {@link
 *       org.tacit.solver.ResidualScale}.
 *   <li>What a solve leaves to others: {@link org.tacit.solver.SecantPairs} for a preconditioner,
 *       {@link org.tacit.solver.SuitedStep} for derivatives; {@link org.tacit.solver.FireMap}, a
 *       step of FIRE as a map that can be unrolled.
 * </ul>
 *
 * <p>Inside, a solve is {@code Iterates}: a {@code Budget}, a {@code Trail} and a {@code Verdict}.
 */
package org.tacit.solver;
