/**
 * Methods for A x = b and A' x = b. Methods know A by its products, and vectors by inner products
 * and linear combinations.
 *
 * <ul>
 *   <li>{@link org.tacit.linsolve.LinearSolver}: a method with its tolerance and budget, and all
 *       that there are by name, from {@code auto} to {@code restricted}; {@link
 *       org.tacit.linsolve.PreparedSolver}: one made ready for an operator, which solves for
 *       several right-hand sides at once.
 *   <li>{@link org.tacit.linsolve.Solution} and its {@link org.tacit.linsolve.Outcome}: what a
 *       solve found, and how it ended.
 *   <li>{@link org.tacit.linsolve.LinearSolver.Promise}: whether a promised structure is tested;
 *       {@link org.tacit.linsolve.LinearSolver.DenseMethod}: how a whole matrix is factorised;
 *       {@link org.tacit.linsolve.Nearby}: what a solve leaves for the next.
 *   <li>{@link org.tacit.linsolve.ShiftedConjugateGradient}: a path of shifts from one Krylov
 *       space.
 *   <li>{@link org.tacit.linsolve.Preconditioner}: an M close to A, and all that there are by name;
 *       {@link org.tacit.linsolve.Preconditioner.Prepared}: its inverse for one operator; {@link
 *       org.tacit.linsolve.QuasiNewtonPreconditioner}: that of pairs of steps.
 * </ul>
 */
package org.tacit.linsolve;
