package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * What a least-squares fit makes of an error's square z: rho(z) with rho(z) = z + O(z^2), so that
 * small errors count as ever and large ones less. Fits minimise 1/2 sum C^2 rho(r^2 / C^2), C being
 * the size of errors from which on they count less. Source: scipy.optimize.least_squares; Triggs,
 * McLauchlan, Hartley and Fitzgibbon, Bundle adjustment, 2000, section 4.3.
 */
public enum Robust {
  /** z: plain least squares. */
  NONE,
  /** 2 (sqrt(1 + z) - 1): a smooth |r|. */
  SOFT_L1,
  /** log(1 + z): large errors hardly pull, and there may be several minima. */
  CAUCHY,
  /** atan(z): bounded, large errors do not pull. */
  ARCTAN;

  /** rho(z), elementwise, z >= 0. */
  public Var rho(Var z) {
    return switch (this) {
      case NONE -> z;
      case SOFT_L1 -> z.times(2).divide(z.plus(1).sqrt().plus(1));
      case CAUCHY -> z.log1p();
      case ARCTAN -> z.atan();
    };
  }

  /** rho'(z), elementwise, in (0, 1]. */
  public Var slope(Var z) {
    return switch (this) {
      case NONE -> Var.constant(1);
      case SOFT_L1 -> z.plus(1).sqrt().reciprocal();
      case CAUCHY -> z.plus(1).reciprocal();
      case ARCTAN -> z.square().plus(1).reciprocal();
    };
  }

  /** These errors of any shape under this loss, C being {@code scale}, which stretches to them. */
  public Errors of(Var errors, Var scale) {
    return new Errors(this, errors, scale);
  }

  /** These errors under this loss, with C = 1. */
  public Errors of(Var errors) {
    return of(errors, Var.constant(1));
  }

  /**
   * Errors r of a fit under a loss.
   *
   * @param scale C > 0
   */
  public record Errors(Robust loss, Var values, Var scale) {
    /** C^2 rho(r^2 / C^2), summed, 1 x 1. */
    public Var squared() {
      return loss == NONE ? values.square().sum() : loss.rho(ratio()).times(scale.square()).sum();
    }

    /** rho'(r^2 / C^2): what a squared error of each element counts near here. */
    public Var weight() {
      return loss.slope(ratio());
    }

    private Var ratio() {
      return values.divide(scale).square();
    }
  }
}
