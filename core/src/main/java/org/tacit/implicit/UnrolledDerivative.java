package org.tacit.implicit;

import org.tacit.matrix.Matrix;

/**
 * A derivative of the last iterate, and what it took.
 *
 * @param value the derivative
 * @param x the last iterate x_K
 * @param iterations K
 * @param passes the passes over tables, those of the iterations included
 * @param storedIterates the most iterates that were kept at once for reverse mode; 1 in forward
 *     mode
 */
public record UnrolledDerivative(
    Matrix value, Matrix x, int iterations, long passes, int storedIterates) {}
