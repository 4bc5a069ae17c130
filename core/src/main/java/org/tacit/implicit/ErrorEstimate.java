package org.tacit.implicit;

/**
 * How far a solution and its derivative are off (see {@link ErrorBound}).
 *
 * @param solutionError a bound on |x - x*|
 * @param derivativeError the bound on |h - h*|
 * @param rounding the part of that bound that rounding makes, whatever the tolerances
 * @param firstOrder |dh|, the first-order estimate of |h - h*|, without safety factor
 * @param theorem Theorem 1's bound on |h - h*|, with the linear residual
 * @param terms the norm of the terms that the derivative is a sum of, and of one that moves as fast
 *     as theta, relative to sizes
 * @param contraction |F(x + s)| / |F(x)| beyond rounding: what the first order leaves out of a
 *     Newton step s; 0 where F = 0
 */
public record ErrorEstimate(
    double solutionError,
    double derivativeError,
    double rounding,
    double firstOrder,
    double theorem,
    double terms,
    double contraction) {
  private static final double SMALL = 0.1;
  private static final double ZERO = 1e-8;

  /** Whether the Newton step leaves less than a tenth of the residual. */
  public boolean isFirstOrder() {
    return isFirstOrder(contraction);
  }

  static boolean isFirstOrder(double contraction) {
    return contraction <= SMALL;
  }

  /** What a derivative that is zero may be off. */
  double zero() {
    return ZERO * terms;
  }

  /** Whether the bound would exceed this much at any tolerance. */
  boolean isOfRounding(double norm) {
    return rounding > norm && Double.isFinite(derivativeError);
  }
}
