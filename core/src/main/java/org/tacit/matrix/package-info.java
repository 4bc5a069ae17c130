/**
 * Values: small replicated matrices, the columns of a table in blocks of rows, and kernels on tiles
 * of rows.
 *
 * <ul>
 *   <li>{@link org.tacit.matrix.Matrix}: every replicated value, given and received.
 *   <li>{@link org.tacit.matrix.Block}, of {@link org.tacit.matrix.Column}s: a run of a table's
 *       rows, for who makes tables; {@link org.tacit.matrix.Schema} and {@link
 *       org.tacit.matrix.Storage} say what its columns are.
 *   <li>{@link org.tacit.matrix.Operand}, {@link org.tacit.matrix.Dense}, {@link
 *       org.tacit.matrix.KeyWindow}: what a primitive of one's own reads and writes.
 *   <li>{@link org.tacit.matrix.Products}, {@link org.tacit.matrix.PairFunction}, {@link
 *       org.tacit.matrix.MaskedWeights}, {@link org.tacit.matrix.ElementaryFunction}, {@link
 *       org.tacit.matrix.EuclideanNorm}, {@link org.tacit.matrix.Lapack}: the arithmetic that
 *       Tacit's primitives, operators and factorisations share.
 *   <li>{@link org.tacit.matrix.Blas}: what this JVM computes with, for results.
 * </ul>
 */
package org.tacit.matrix;
