package org.tacit.linsolve;

/**
 * The recurrence of {@link LinearSolver#biCgStab}, two products a step:
 *
 * <pre>
 *   alpha = s'r / s'Ap    q = r - alpha A p    omega = (Aq)'q / (Aq)'(Aq)
 *   d += alpha p + omega q    r+ = q - omega A q    beta = (s'r+ / s'r)(alpha / omega)
 *   p+ = r+ + beta (p - omega A p)
 * </pre>
 */
final class BiCgStabRecurrence implements Recurrence {
  private final double target;
  private final double[] shadow;
  private final double[] d;
  private double[] best;
  private double bestResidual;
  private double[] r;
  private double[] p;
  private double[] q;
  private double[] ap;
  private double rho;
  private double alpha;
  private boolean isSecond;

  BiCgStabRecurrence(double[] r, double target) {
    this.target = target;
    this.shadow = r;
    this.r = r;
    this.p = r;
    this.q = r;
    this.ap = r;
    this.d = new double[r.length];
    this.best = d.clone();
    this.rho = Vectors.dot(r, r);
    this.bestResidual = Math.sqrt(rho);
  }

  @Override
  public double[] wanted() {
    return isSecond ? q : p;
  }

  @Override
  public State advance(double[] product) {
    return isSecond ? second(product) : first(product);
  }

  private State first(double[] product) {
    ap = product;
    double along = Vectors.dot(shadow, ap);
    if (!Double.isFinite(along)) {
      return State.NOT_FINITE;
    }
    double size = Vectors.norm(shadow) * Vectors.norm(ap);
    if (Math.abs(along) <= Math.ulp(1.0) * size) {
      return State.BREAKDOWN;
    }
    alpha = rho / along;
    q = Vectors.sum(r, -alpha, ap);
    isSecond = true;
    if (Vectors.norm(q) <= target) {
      Vectors.add(alpha, p, d);
      remember(q);
      return State.AT_TARGET;
    }
    return State.GOES_ON;
  }

  private State second(double[] aq) {
    double square = Vectors.dot(aq, aq);
    double omega = Vectors.dot(aq, q) / square;
    if (Double.isNaN(square) || Double.isInfinite(square)) {
      return State.NOT_FINITE;
    }
    if (square == 0) {
      return State.BREAKDOWN;
    }
    Vectors.add(alpha, p, d);
    Vectors.add(omega, q, d);
    r = Vectors.sum(q, -omega, aq);
    remember(r);
    isSecond = false;
    if (Vectors.norm(r) <= target) {
      return State.AT_TARGET;
    }
    double newRho = Vectors.dot(shadow, r);
    double beta = newRho / rho * (alpha / omega);
    rho = newRho;
    double size = Vectors.norm(shadow) * Vectors.norm(r);
    if (!Double.isFinite(beta) || Math.abs(rho) <= Math.ulp(1.0) * size) {
      return State.BREAKDOWN;
    }
    p = Vectors.sum(r, beta, Vectors.sum(p, -omega, ap));
    return State.GOES_ON;
  }

  private void remember(double[] residual) {
    double norm = Vectors.norm(residual);
    if (norm < bestResidual) {
      best = d.clone();
      bestResidual = norm;
    }
  }

  /** The step of the smallest residual: residuals jump. */
  @Override
  public double[] correction() {
    return best;
  }
}
