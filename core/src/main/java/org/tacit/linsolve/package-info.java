/**
 * Methods for A x = b and A' x = b, one file each: a {@link org.tacit.linsolve.LinearSolver} is
 * prepared once ({@link org.tacit.linsolve.PreparedSolver}) and solves for several right-hand sides
 * at once, which share products. Methods know A by its products, and vectors by inner products and
 * linear combinations. A {@link org.tacit.linsolve.Solution} has its {@link
 * org.tacit.linsolve.Outcome}.
 *
 * <ul>
 *   <li>{@link org.tacit.linsolve.Auto} chooses, {@link org.tacit.linsolve.SupportRestricted}
 *       solves the smaller system where there is one; a {@link org.tacit.linsolve.Promise} of
 *       structure is trusted or tested; {@link org.tacit.linsolve.Nearby} is what a solve leaves
 *       for the next.
 *   <li>Positive definite: {@link org.tacit.linsolve.ConjugateGradient}, {@link
 *       org.tacit.linsolve.BlockConjugateGradient}, {@link
 *       org.tacit.linsolve.ShiftedConjugateGradient}. Symmetric: {@link org.tacit.linsolve.Minres}.
 *       General: {@link org.tacit.linsolve.Gmres}, {@link org.tacit.linsolve.BiCgStab}, {@link
 *       org.tacit.linsolve.Lsmr}, {@link org.tacit.linsolve.NormalConjugateGradient}, {@link
 *       org.tacit.linsolve.Neumann}. Direct: {@link org.tacit.linsolve.DenseFactorisation} by a
 *       {@link org.tacit.linsolve.DenseMethod}. Around another: {@link
 *       org.tacit.linsolve.IterativeRefinement}.
 *   <li>A {@link org.tacit.linsolve.Preconditioner}, prepared as a {@link
 *       org.tacit.linsolve.PreparedPreconditioner}: {@link
 *       org.tacit.linsolve.DiagonalPreconditioner}, {@link
 *       org.tacit.linsolve.BlockDiagonalPreconditioner}, {@link
 *       org.tacit.linsolve.NystromPreconditioner}, {@link
 *       org.tacit.linsolve.DeflationPreconditioner}, {@link
 *       org.tacit.linsolve.QuasiNewtonPreconditioner}, {@link org.tacit.linsolve.NoPreconditioner}.
 * </ul>
 */
package org.tacit.linsolve;
