/**
 * Model families. No Spark.
 *
 * <ul>
 *   <li>{@link org.tacit.model.Model}: the condition that the fitted unknowns satisfy, the outer
 *       loss on other rows, the prediction; its {@link org.tacit.model.Model.Layout}: what the
 *       unknowns are called.
 *   <li>{@link org.tacit.model.PenalisedModel}: a loss of a linear predictor with penalties, of a
 *       {@link org.tacit.model.PenaltyKind}, of as many as its {@link org.tacit.model.PenaltyScope}
 *       says; the loss is summed or a mean ({@link org.tacit.model.Average}).
 *   <li>{@link org.tacit.model.Tuned}: what else theta holds, such as {@link
 *       org.tacit.model.RowWeights}, class weights, scales of features, parameters of the loss.
 *   <li>{@link org.tacit.model.ColumnMoments}: means and deviations, by which it is solved in
 *       coordinates of its own. What does not fit is a {@link org.tacit.model.ModelException}.
 * </ul>
 */
package org.tacit.model;
