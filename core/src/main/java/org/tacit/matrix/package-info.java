/**
 * Values: small replicated matrices, the columns of a table in blocks of rows, and kernels on tiles
 * of rows.
 */
package org.tacit.matrix;
