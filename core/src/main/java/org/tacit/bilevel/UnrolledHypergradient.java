package org.tacit.bilevel;

import org.tacit.implicit.UnrolledDerivative;
import org.tacit.matrix.Matrix;

/**
 * An outer value at the last of unrolled iterations and its total derivative through them.
 *
 * @param outerValue L(x_K, theta)
 * @param gradient dL(x_K(theta), theta)/dtheta, parameters x 1
 * @param through the derivative of x_K behind it, and what that took
 */
public record UnrolledHypergradient(
    double outerValue, Matrix gradient, UnrolledDerivative through) {}
