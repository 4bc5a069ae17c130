package org.tacit.implicit;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Var;

/**
 * Bounds the error of a derivative h(x, w) that was computed from an approximate x, F(x) = 0, and
 * an approximate w, R(x, w) = 0 with dR/dw = A' or A ({@link DerivativeEquations}): of the total
 * derivative h = d2 L + B' w of an outer value L(x*(theta), theta), where R = A' w + d1 L, or of
 * that of x* along a tangent, where h = w and R = A w + B t.
 *
 * <p>First order: the derivative of h along the Newton correction (s, t) of x and w,
 *
 * <pre>
 *   A s = -F          dR/dw t = -(R + dR/dx s)          h* - h ~ dh = dh/dx s + dh/dw t
 * </pre>
 *
 * <p>Theorem 1 of arXiv 2105.15183, with the linear solve's residual, which it leaves out, and
 * sigma the smallest singular value of A:
 *
 * <pre>
 *   T(f, r) = |dh/dx| f / sigma + |dh/dw| (r + |dR/dx| f / sigma) / sigma,   f = |F|, r = |R|
 * </pre>
 *
 * <p>The bound is {@value #SAFETY} |dh| + |h(x + s, w + t) - h - dh| + T(f', r') + rounding: f' and
 * r' are the residuals at (x + s, w + t), which hold what the first order leaves out and what the
 * linear solves leave over, and the rounding errors eps (|A| |x| + |q|) and eps |A| |w| of
 * evaluating them. Where f' is not below f / 10, Theorem 1's bound if it is larger; that, and a
 * kink within the solution's error, make a certificate that is not trusted.
 *
 * <p>Cost: two linear solves with the solver that is prepared, none for residuals of exactly zero,
 * and three passes over each table that F and L read.
 */
public final class ErrorBound {
  /**
   * What the first-order estimate is multiplied with. It is asymptotically exact: 2 leaves room for
   * the second order and the estimates of sigma and norms.
   */
  static final double SAFETY = 2;

  /** Rounding errors of a sum in units of eps times the size of its terms. */
  private static final double ROUNDING = 4 * Math.ulp(1.0);

  private final CorrectionPrograms programs;

  private ErrorBound(DerivativeEquations equations) {
    this.programs = CorrectionPrograms.of(equations);
  }

  /** The bound for an outer value written in the condition's symbols. */
  public static ErrorBound of(Condition condition, Var outer) {
    return new ErrorBound(DerivativeEquations.reverse(condition, outer));
  }

  /** The bound for the derivative of the solution along the input "tangent", of theta's shape. */
  static ErrorBound along(Condition condition, Var tangent) {
    return new ErrorBound(DerivativeEquations.forward(condition, tangent));
  }

  /**
   * The certificate of a derivative.
   *
   * @param linear the linear solve for w behind it
   * @param derivativeNorm its norm
   * @param more what else than x and theta the outer value reads, or the tangent, by name
   */
  public Certificate of(
      ImplicitSolution solution, Solution linear, double derivativeNorm, Map<String, Matrix> more) {
    boolean isFinite = solution.x().isFinite() && linear.value().isFinite();
    KinkPoint point = KinkPoint.of(programs, solution, linear, more);
    KinkSearch search = new KinkSearch(point);
    if (!isFinite || linear.outcome() == Outcome.SINGULAR) {
      return withoutBound(
          solution,
          linear,
          derivativeNorm,
          linear.outcome(),
          isFinite ? search.whereSingular() : Optional.empty());
    }
    Correction correction = Correction.of(point, linear);
    if (correction.isSingular()) {
      return withoutBound(
          solution, linear, derivativeNorm, Outcome.SINGULAR, search.whereSingular());
    }
    Residuals rounding = rounding(correction, solution.x(), linear.value());
    Certificate.ErrorEstimate estimate =
        estimate(
            correction,
            rounding,
            derivativeNorm + correction.norms().get("dh/dw") * linear.value().norm(),
            natural(point, correction));
    return new Certificate(
        correction.at().get("F").norm(),
        correction.at().get("R").norm(),
        OptionalDouble.of(correction.sigma()),
        Optional.of(estimate),
        derivativeNorm,
        search.near(correction, estimate.terms(), rounding.f),
        solution.inner().outcome().and(linear.outcome()),
        fallback(linear, linear.outcome()));
  }

  private static Certificate withoutBound(
      ImplicitSolution solution,
      Solution linear,
      double derivativeNorm,
      Outcome outcome,
      Optional<Kink.Distance> kink) {
    return new Certificate(
        solution.inner().residualNorm(),
        linear.residualNorm(),
        linear.smallestEigenvalue(),
        Optional.empty(),
        derivativeNorm,
        kink,
        solution.inner().outcome().and(outcome),
        fallback(linear, outcome));
  }

  private static Optional<String> fallback(Solution linear, Outcome outcome) {
    return switch (outcome) {
      case SINGULAR -> Optional.of("least squares (" + linear.method() + ")");
      case WRONG_STRUCTURE -> Optional.of("a general method (" + linear.method() + ")");
      default -> Optional.empty();
    };
  }

  /** |F| and |R|. */
  private record Residuals(double f, double r) {
    static Residuals in(Map<String, Matrix> outputs) {
      return new Residuals(outputs.get("F").norm(), outputs.get("R").norm());
    }

    Residuals plus(Residuals other) {
      return new Residuals(f + other.f, r + other.r);
    }
  }

  private Residuals rounding(Correction correction, Matrix x, Matrix w) {
    boolean isOfMap = programs.equations().condition().as(Composite.class).isPresent();
    double a = ROUNDING * correction.norms().get("dF/dx");
    double q = isOfMap ? correction.at().get("q").norm() : 0;
    return new Residuals(a * x.norm() + ROUNDING * q, a * w.norm());
  }

  private static double theorem(Correction correction, Residuals residuals) {
    Map<String, Double> norms = correction.norms();
    double ofX = residuals.f / correction.sigma();
    double ofW = (residuals.r + norms.get("dR/dx") * ofX) / correction.sigma();
    return norms.get("dh/dx") * ofX + norms.get("dh/dw") * ofW;
  }

  /**
   * The derivative of an L, or along a tangent, that changes with theta as fast as x does in its
   * own size while theta moves by its: |d1 L| |x| / |theta|, with |A| |w| for |d1 L|.
   */
  private static double natural(KinkPoint point, Correction correction) {
    double elasticity = point.x().norm() / Displacement.sizes(point.theta()).maxAbs();
    return point.programs().equations().isTransposed()
        ? correction.norms().get("dF/dx") * point.w().norm() * elasticity
        : point.values().get("tangent").norm() * elasticity;
  }

  private static Certificate.ErrorEstimate estimate(
      Correction correction, Residuals rounding, double terms, double natural) {
    Residuals before = Residuals.in(correction.at());
    Residuals after = Residuals.in(correction.moved()).plus(rounding);
    double firstOrder = correction.moved().get("dh").norm();
    double theorem = theorem(correction, before);
    double bound =
        SAFETY * firstOrder
            + correction.moved().get("bend").norm()
            + theorem(correction, after)
            + ROUNDING * terms;
    double left = correction.moved().get("F").norm() - 4 * rounding.f;
    double contraction = before.f == 0 ? 0 : Math.max(0, left) / before.f;
    return new Certificate.ErrorEstimate(
        SAFETY * correction.s().norm() + after.f / correction.sigma(),
        Certificate.ErrorEstimate.isFirstOrder(contraction) ? bound : Math.max(bound, theorem),
        theorem(correction, rounding) + ROUNDING * terms,
        firstOrder,
        theorem,
        terms + natural,
        contraction);
  }
}
