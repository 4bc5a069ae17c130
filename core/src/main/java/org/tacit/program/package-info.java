/**
 * Straight-line programs on matrices.
 *
 * <ul>
 *   <li>{@link org.tacit.program.Program}: named outputs and all they depend on, each value a
 *       {@link org.tacit.program.Node}.
 *   <li>{@link org.tacit.program.Shape}, of two {@link org.tacit.program.Axis}: size and placement
 *       of a value.
 *   <li>{@link org.tacit.program.Primitive}, {@link org.tacit.program.Kernel}, {@link
 *       org.tacit.program.RowReduction}: what a node does, and what a primitive of one's own
 *       implements, to have a shape, to be evaluated, to sum over a table's rows; {@link
 *       org.tacit.program.Source}: a value from outside.
 * </ul>
 */
package org.tacit.program;
