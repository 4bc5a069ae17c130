/**
 * Cutting programs into passes over tables, and running them tile by tile.
 *
 * <p>What users hold: {@link org.tacit.pass.Passes}, which evaluate programs on the tables that
 * they are bound to and count what that takes ({@link org.tacit.pass.PassLedger}); {@link
 * org.tacit.pass.Table} and the one that is in this JVM's memory, {@link
 * org.tacit.pass.InProcessTable}; {@link org.tacit.pass.RowValues} beside one; {@link
 * org.tacit.pass.SharedDesk}, where many solves share passes; {@link org.tacit.pass.Journal}, which
 * is told of the work; {@link org.tacit.pass.ExplicitFunction}; blocks of rows from arrays, {@link
 * org.tacit.pass.RowArrays}; {@link org.tacit.pass.NotANumberException}, which names where a NaN
 * was made; {@link org.tacit.pass.PassPrimitive}, for a primitive that makes passes itself.
 *
 * <p>The way of an evaluation: {@code Evaluation} walks a {@code Schedule}, the program cut into
 * steps. Where one reads rows it makes {@code PassWork}, what is wanted of a pass and the values
 * that it is computed from, and asks a {@code Desk} for it. There it becomes a {@link
 * org.tacit.pass.PassTask} of a {@link org.tacit.pass.PassPlan}, in which products with the same
 * rows are one ({@code JoinedProducts}), and which a table runs on each partition as a {@link
 * org.tacit.pass.PartitionPass}; its {@link org.tacit.pass.Sums} come back in a {@link
 * org.tacit.pass.PassResult}.
 */
package org.tacit.pass;
