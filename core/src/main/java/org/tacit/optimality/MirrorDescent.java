package org.tacit.optimality;

import java.util.Optional;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * The minimiser of a smooth f(x, theta) over a set C(theta), as the fixed point of a mirror step
 *
 * <pre>
 *   T(x, theta) = argmin over y in C(theta) of D_phi(y, grad phi*(grad phi(x) - eta grad_x f(x, theta)))
 * </pre>
 *
 * with the Bregman divergence D_phi of a mirror map phi. On the simplex with phi = sum x log x - x
 * it is x_i exp(-eta g_i) / Z, taken in this form since log x has no value at the zeros of a
 * solution. Every face of the simplex is invariant under T, so that solvers start inside.
 *
 * <p>The derivative is that of {@link ProximalGradient#onSet}; A is worse conditioned, often by a
 * hundred times and more: on a zero of x it has exp(-eta lam_i) - 1, lam_i being the multiplier.
 * One pass. Source: arXiv 2105.15183, Table 1, row "mirror descent".
 */
public final class MirrorDescent {
  private MirrorDescent() {}

  /**
   * The mirror step, what is zero where a multiplier and its unknown both are, where that is known,
   * and a value of the unknowns that is inside of C.
   */
  private record Maps(Mirror.Step step, Optional<Mirror.Step> complementarity, double start) {}

  private static Condition of(
      int n, int q, ProximalGradient.Smooth smooth, Maps maps, StepSize step) {
    Var x = Written.x(n);
    Var theta = Written.theta(q);
    Var objective = smooth.of(x, theta);
    Var gradient = Vjp.gradient(objective, x);
    Var eta = step.of(gradient, x, theta);
    return new Written(
        Matrix.filled(n, 1, maps.start),
        Parameters.vector(q),
        Structure.GENERAL,
        maps.step.of(x, gradient, eta, theta).minus(x),
        new Mirror(
            objective,
            gradient,
            eta,
            maps.step,
            maps.complementarity.map(c -> c.of(x, gradient, eta, theta))));
  }

  /** A mirror map, as programs. */
  public interface MirrorMap {
    /** grad phi(x), n x 1. */
    Var gradient(Var x);

    /** argmin over y in C(theta) of D_phi(y, grad phi*(dual)), n x 1. */
    Var project(Var dual, Var theta);
  }

  /** The condition on n unknowns and q parameters with a mirror map of the user's. */
  public static Condition of(int n, int q, ProximalGradient.Smooth smooth, MirrorMap mirror) {
    return of(n, q, smooth, mirror, StepSize.automatic());
  }

  /** The same with step {@code eta}. */
  public static Condition of(
      int n, int q, ProximalGradient.Smooth smooth, MirrorMap mirror, double eta) {
    return of(n, q, smooth, mirror, StepSize.of(eta));
  }

  private static Condition of(
      int n, int q, ProximalGradient.Smooth smooth, MirrorMap mirror, StepSize eta) {
    return of(
        n,
        q,
        smooth,
        new Maps(
            (x, gradient, step, theta) ->
                mirror.project(mirror.gradient(x).minus(gradient.times(step)), theta),
            Optional.empty(),
            0),
        eta);
  }

  /** On the simplex {x >= 0, sum x = 1} of n unknowns. */
  public static Condition ofSimplex(int n, int q, ProximalGradient.Smooth smooth) {
    return ofSimplexRows(n, n, q, smooth);
  }

  /** The same with step {@code eta}. */
  public static Condition ofSimplex(int n, int q, ProximalGradient.Smooth smooth, double eta) {
    return ofSimplexRows(n, n, q, smooth, eta);
  }

  /** On a simplex for every {@code width} unknowns in turn, the rows of an n / width x width x. */
  public static Condition ofSimplexRows(int n, int width, int q, ProximalGradient.Smooth smooth) {
    return ofSimplexRows(n, width, q, smooth, StepSize.automatic());
  }

  /** The same with step {@code eta}. */
  public static Condition ofSimplexRows(
      int n, int width, int q, ProximalGradient.Smooth smooth, double eta) {
    return ofSimplexRows(n, width, q, smooth, StepSize.of(eta));
  }

  private static Condition ofSimplexRows(
      int n, int width, int q, ProximalGradient.Smooth smooth, StepSize eta) {
    if (width < 1 || n % width != 0) {
      throw new IllegalArgumentException(
          "Invalid width of a simplex: " + width + " (must divide " + n + " unknowns)");
    }
    return of(
        n,
        q,
        smooth,
        new Maps(
            (x, gradient, step, theta) -> {
              Var moved = x.reshape(n / width, width).times(factors(gradient, step, width));
              return moved.divide(moved.sumCols()).reshape(n, 1);
            },
            Optional.of(
                (x, gradient, step, theta) -> complementarity(x, factors(gradient, step, width))),
            1.0 / width),
        eta);
  }

  /** exp(-eta g_i) / sum of exp(-eta g_j), a simplex a row. */
  private static Var factors(Var gradient, Var step, int width) {
    int n = gradient.shape().size();
    return gradient.times(step).negate().reshape(n / width, width).softmax();
  }

  /** max(x_i, 1 - T_i / x_i): at a solution the second is zero, or x_i is and it is not. */
  private static Var complementarity(Var x, Var factors) {
    Var rows = x.reshape(factors.shape());
    Var shrinking = factors.divide(rows.times(factors).sumCols()).negate().plus(1);
    return rows.max(shrinking).reshape(x.shape());
  }
}
