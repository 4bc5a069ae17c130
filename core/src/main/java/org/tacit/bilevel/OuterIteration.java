package org.tacit.bilevel;

import org.tacit.matrix.Matrix;

/**
 * Where an outer optimisation stands after an accepted step.
 *
 * @param projectedGradientNorm |theta - clip(theta - g)|, zero at a solution
 * @param step the largest change of a theta in the step that led here, 0 at the start
 * @param innerTolerance the relative tolerance of this step's inner and linear solves
 * @param passes passes since the optimisation began
 */
public record OuterIteration(
    int iteration,
    Matrix theta,
    double outerValue,
    double projectedGradientNorm,
    double step,
    double innerTolerance,
    long passes) {}
