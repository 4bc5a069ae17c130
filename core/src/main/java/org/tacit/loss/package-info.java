/**
 * Losses of a prediction and a label, a number for each row, and losses made of a regularised or
 * perturbed argmax. Cox's partial likelihood is not here: its risk sets are sums over the rows that
 * come later, so that it is no sum of one number a row.
 *
 * <ul>
 *   <li>{@link org.tacit.loss.Loss}: what a user implements for a loss of his own, and the losses
 *       there are, from {@code squared} to {@code tweedie}; {@link org.tacit.loss.Labels}: what
 *       labels a loss is defined for.
 *   <li>A {@link org.tacit.loss.Parameter} of a loss, and the {@link org.tacit.loss.Parameter.Link}
 *       by which it is tuned.
 *   <li>{@link org.tacit.loss.OuterLoss}: what rows' predictions come to: a loss's mean, a stand-in
 *       for the area under the curve, the worst of {@link org.tacit.loss.OuterLoss.Groups}.
 *   <li>{@link org.tacit.loss.Robust}: what a least-squares fit makes of large errors.
 *   <li>{@link org.tacit.loss.FenchelYoung}: the loss of a regularised argmax.
 *   <li>{@link org.tacit.loss.Perturbed}: the loss of an argmax under noise; its {@link
 *       org.tacit.loss.Perturbed.Noise}, and the {@link org.tacit.loss.Perturbed.Draws} that its
 *       means are over.
 * </ul>
 */
package org.tacit.loss;
