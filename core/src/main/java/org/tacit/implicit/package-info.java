/**
 * The implicit function theorem: derivatives of solutions, with their certificates.
 *
 * <ul>
 *   <li>{@link org.tacit.implicit.ImplicitFunction}: theta -> x*(theta), by a condition and how it
 *       is solved; {@link org.tacit.implicit.ImplicitSolution}: its value at one theta, which can
 *       be differentiated; {@link org.tacit.implicit.Derivative}: one that was, with the linear
 *       solve behind it; {@link org.tacit.implicit.SolutionMap}: what is wanted of a solution.
 *   <li>{@link org.tacit.implicit.Certificate}: how far a derivative may be off, by an {@link
 *       org.tacit.implicit.ErrorBound}, as an {@link org.tacit.implicit.Certificate.ErrorEstimate}
 *       and a {@link org.tacit.implicit.Kink.Distance} to the nearest {@link
 *       org.tacit.implicit.Kink}.
 *   <li>{@link org.tacit.implicit.Unrolled}: derivatives through iterations, to compare with.
 *   <li>A solution for every row, inside the tile: {@link org.tacit.implicit.RowRoot}, {@link
 *       org.tacit.implicit.RowFixedPoint}, {@link org.tacit.implicit.RowMinimum}.
 * </ul>
 */
package org.tacit.implicit;
