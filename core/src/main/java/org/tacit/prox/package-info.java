/**
 * Proximal maps of penalties, differentiable in the point, the step and the penalty's parameters,
 * one file a penalty.
 *
 * <ul>
 *   <li>A {@link org.tacit.prox.Prox} of a penalty; {@link org.tacit.prox.NoPenalty} of none,
 *       {@link org.tacit.prox.Indicator} of a set.
 *   <li>Convex: {@link org.tacit.prox.Ridge}, {@link org.tacit.prox.Lasso}, {@link
 *       org.tacit.prox.ElasticNet}, {@link org.tacit.prox.GroupLasso}, {@link
 *       org.tacit.prox.NonNegativeLasso}, {@link org.tacit.prox.NonNegativeRidge}, {@link
 *       org.tacit.prox.SortedL1}, {@link org.tacit.prox.TotalVariation}, {@link
 *       org.tacit.prox.NuclearNorm}, {@link org.tacit.prox.NegativeLog}. Not convex: {@link
 *       org.tacit.prox.LogPenalty}.
 * </ul>
 */
package org.tacit.prox;
