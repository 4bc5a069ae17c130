/**
 * Outer problems over solutions of inner ones, and their optimisers.
 *
 * <ul>
 *   <li>{@link org.tacit.bilevel.BilevelProblem}: an outer loss L(x*(theta), theta); its {@link
 *       org.tacit.bilevel.Hypergradient}, or one through unrolled iterations to compare it with.
 *   <li>{@link org.tacit.bilevel.OuterFunction}: theta -> L on tables, on a box of {@link
 *       org.tacit.bilevel.Bounds}; evaluated, an {@link org.tacit.bilevel.OuterFunction.Trial}, and
 *       with its hypergradient an {@link org.tacit.bilevel.OuterState.Point}. A {@link
 *       org.tacit.bilevel.Prior} is added to L, against thetas that are fitted to few rows.
 *   <li>{@link org.tacit.bilevel.OuterOptimiser}: the methods by name, each a sequence of {@link
 *       org.tacit.bilevel.OuterState}s that can be stopped and resumed anywhere; {@link
 *       org.tacit.bilevel.OuterStopping}: when it ends, with a {@link
 *       org.tacit.bilevel.BilevelResult}, whose history is of {@link
 *       org.tacit.bilevel.OuterState.Iteration}s. A start at which nothing can be solved is an
 *       {@link org.tacit.bilevel.UnusableStartException}; several starts in shared passes are a
 *       {@link org.tacit.bilevel.Multistart}; an {@link org.tacit.bilevel.EarlyStopping} ends
 *       another optimiser by the {@link org.tacit.bilevel.EarlyStopping.Losses} of its steps on
 *       other rows.
 * </ul>
 */
package org.tacit.bilevel;
