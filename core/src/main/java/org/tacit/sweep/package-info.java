/**
 * Sweeps: K folds of the rows by L candidates theta of one model, in the passes of little more than
 * one path of fits.
 *
 * <h2>What a sweep is</h2>
 *
 * For every candidate theta_l and every fold k the solution of the model's condition on the rows
 * that the fold keeps, F_k(x, theta_l) = 0, and the outer losses on the rows that it holds out; and
 * for every candidate the solution on all rows, F_0(x, theta_l) = 0, which is the refit of the
 * candidate that is chosen. F_k is F with every sum over rows weighed by m_ik, which is 0 where
 * fold k holds row i out and 1 elsewhere, and with the counts and totals of these rows ({@link
 * org.tacit.autodiff.Restriction}): to the last equation the F of a table that holds only them. So
 * one table serves all folds, any condition has folds, and all models are instances of one program.
 *
 * <h2>How it is solved</h2>
 *
 * <ol>
 *   <li>Candidates in the order of a path, the largest penalties first. Some of them one after
 *       another, then all that lie between in the same passes. Each starts where neighbours predict
 *       it,
 *       <pre>
 *   x(t') = x(t) + (dx/dt) (t' - t),    A dx + B dt = 0
 *       </pre>
 *       or by the cubic polynomial through two neighbours and their derivatives. Those between take
 *       no Hessian of their own: where theta touches no row, what rows add to it is taken between
 *       the neighbours' too.
 *   <li>All folds of all candidates at once, each started at the solution on all rows. Where a
 *       dense factor of A = d1 F_0 fits and A is symmetric positive definite, by chord steps with
 *       that factor, x_k &lt;- x_k - A^-1 F_k(x_k), corrected by the pairs of the steps before. The
 *       first is the derivative of the solution in the row weights, the infinitesimal jackknife;
 *       the next make it exact. A model that does not contract takes a Hessian of its own, or
 *       leaves for the model's ordinary solver. Of a convex composite objective, such as a lasso,
 *       the same by proximal chord steps ({@link org.tacit.solver.CompositeMinimiser#chords}):
 *       models with that Hessian are solved on the driver, and the whole gradient of each pass
 *       checks every unknown. Elsewhere every fit is an ordinary solve from there: with more
 *       unknowns than rows, where the driver holds these, Newton's steps by products without
 *       passes, of a lasso or an elastic net on working sets, by coordinate descent.
 *   <li>Where F is affine in x and theta touches no row, one pass for the matrices of all folds,
 *       and every theta by a factorisation on the driver.
 * </ol>
 *
 * All fits share their passes ({@link org.tacit.pass.SharedDesk}): each is a solve of its own, or
 * one of the folds of a candidate that step together, whose numbers do not depend on when other
 * candidates end, fail or meet NaN. Cost in passes: the folds' counts 1, the reference of relative
 * tolerances 1, the path about 5 for each of sqrt(L) + 1 candidates (6 for a lasso) and 7 for all
 * the others, the folds 5 to 20 (up to 50 where few rows and weak penalties are) and 1 for those
 * outer losses that did not share the last of them; the path alone where F is affine 1. With more
 * unknowns than rows two for each step of the slowest model: of 20,000 x 50,000 sparse rows 7 to 11
 * for each lasso that the path solves after another, for all the others, and for the folds.
 *
 * <ul>
 *   <li>{@link org.tacit.sweep.Folds}: which rows a fold holds out; {@link
 *       org.tacit.sweep.Candidates}: the thetas, of {@link org.tacit.sweep.Candidates.Range}s.
 *   <li>{@link org.tacit.sweep.Sweep}: the fits; {@link org.tacit.sweep.SweepResult}: for every
 *       candidate a {@link org.tacit.sweep.SweepResult.Fit} on all rows, and for every fold a
 *       {@link org.tacit.sweep.SweepResult.Trial}; means, standard errors, and what they choose.
 *   <li>{@link org.tacit.sweep.CrossValidation}: the mean loss of the folds as an outer problem,
 *       for its hypergradient in all thetas; {@link org.tacit.sweep.PriorChoice}: how strong a
 *       prior on them is to be; {@link org.tacit.sweep.Reserve}: rows that stop their tuning.
 * </ul>
 *
 * <p>Source: Giordano, Stephenson, Liu, Jordan and Broderick, A Swiss Army Infinitesimal Jackknife,
 * arXiv 1806.00550; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section
 * 7.10.
 */
package org.tacit.sweep;
