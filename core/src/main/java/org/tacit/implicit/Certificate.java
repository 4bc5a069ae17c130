package org.tacit.implicit;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.tacit.linsolve.Outcome;

/**
 * How far a derivative can be off, and whether it is to be trusted.
 *
 * @param residualNorm |F(x)|, the norm of the condition's residual
 * @param linearResidualNorm |A' u + x_bar|, the norm of the linear system's residual
 * @param smallestEigenvalue sigma, an estimate from above of the smallest singular value of A
 * @param estimate what the errors are; empty where A is singular or a value is not finite
 * @param derivativeNorm the norm of the derivative itself
 * @param kink how near the solution is to a kink, where the condition knows of its kinks
 * @param outcome CONVERGED when both solves converged; otherwise why the derivative is not to be
 *     trusted
 * @param fallback how the linear system was solved instead, where it was singular or not what was
 *     promised
 */
public record Certificate(
    double residualNorm,
    double linearResidualNorm,
    OptionalDouble smallestEigenvalue,
    Optional<ErrorEstimate> estimate,
    double derivativeNorm,
    Optional<Kink.Distance> kink,
    Outcome outcome,
    Optional<String> fallback) {
  /** The bound on |x - x*|. */
  public OptionalDouble solutionError() {
    return estimated(ErrorEstimate::solutionError);
  }

  /** The bound on the derivative's error. */
  public OptionalDouble derivativeError() {
    return estimated(ErrorEstimate::derivativeError);
  }

  /** The first-order estimate of the derivative's error, without safety factor. */
  public OptionalDouble firstOrder() {
    return estimated(ErrorEstimate::firstOrder);
  }

  /** Theorem 1's bound on the derivative's error. */
  public OptionalDouble theorem() {
    return estimated(ErrorEstimate::theorem);
  }

  /** The distance to the nearest kink, where the condition knows of its kinks. */
  public OptionalDouble kinkDistance() {
    return kink.stream()
        .filter(near -> !near.isUnknown())
        .mapToDouble(Kink.Distance::distance)
        .findFirst();
  }

  /** The kink that the solution stands on, and which one-sided derivative this is. */
  public Optional<Kink> standing() {
    return kink.flatMap(Kink.Distance::standing);
  }

  /**
   * This certificate with its bound held against {@code norm} where that is more than the
   * derivative's: for a use that asks whether the derivative is as small as that.
   */
  public Certificate heldAgainst(double norm) {
    return new Certificate(
        residualNorm,
        linearResidualNorm,
        smallestEigenvalue,
        estimate,
        Math.max(norm, derivativeNorm),
        kink,
        outcome,
        fallback);
  }

  private OptionalDouble estimated(ToDoubleFunction<ErrorEstimate> part) {
    return estimate.stream().mapToDouble(part).findFirst();
  }

  /**
   * Whether both solves converged, the bound is known and no larger than the derivative, or than
   * what counts as zero of the terms it is a sum of, the Newton step confirms the first order, and
   * no kink lies within the solution's error.
   */
  public boolean isTrusted() {
    return reason().isEmpty();
  }

  /** Why the derivative is not to be trusted; empty where it is. */
  public Optional<String> reason() {
    if (standing().isPresent()) {
      return Optional.of("degenerate: the solution is on " + standing().get() + " (move theta)");
    }
    if (!outcome.isConverged()) {
      String instead = fallback.map(how -> "; solved by " + how + " instead").orElse("");
      return Optional.of(
          "a solve ended with " + outcome.label() + instead + " (" + outcome.remedy() + ")");
    }
    if (estimate.isEmpty()) {
      return Optional.of("no error estimate: a value is not finite");
    }
    if (kink.isPresent() && kink.get().isUnknown()) {
      return Optional.of(
          "kink distance unknown: a solution inside this problem has kinks of its own (ask for the"
              + " certificate of that solution)");
    }
    if (kink.isPresent() && !kink.get().isClear()) {
      return Optional.of(
          String.format(
              "degenerate: a kink at distance %s lies within the solution's error %s (solve to"
                  + " a smaller tolerance, or move theta)",
              kink.get().distance(), estimate.get().solutionError()));
    }
    return ofEstimate(estimate.get());
  }

  private Optional<String> ofEstimate(ErrorEstimate errors) {
    if (!errors.isFirstOrder()) {
      return Optional.of(
          "the error is not small enough for its first order: a Newton step leaves "
              + errors.contraction()
              + " of the residual (solve to a smaller tolerance)");
    }
    double enough = Math.max(derivativeNorm, errors.zero());
    if (!(errors.derivativeError() <= enough)) {
      return Optional.of(
          "the error bound %s exceeds the derivative's norm %s"
                  .formatted(errors.derivativeError(), derivativeNorm)
              + (errors.isOfRounding(enough)
                  ? String.format(
                      " by rounding alone: the system is singular but for that, and the solution not"
                          + " unique (%s)",
                      Outcome.SINGULAR.remedy())
                  : " (solve to smaller tolerances)"));
    }
    return Optional.empty();
  }

  /**
   * How far a solution and its derivative are off (see {@link ErrorBound}).
   *
   * @param solutionError a bound on |x - x*|
   * @param derivativeError the bound on |h - h*|
   * @param rounding the part of that bound that rounding makes, whatever the tolerances
   * @param firstOrder |dh|, the first-order estimate of |h - h*|, without safety factor
   * @param theorem Theorem 1's bound on |h - h*|, with the linear residual
   * @param terms the norm of the terms that the derivative is a sum of, and of one that moves as
   *     fast as theta, relative to sizes
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
}
