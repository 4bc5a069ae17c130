package org.tacit.linsolve;

/**
 * The recurrence of {@link LinearSolver#lsmr}: Golub and Kahan's bidiagonalisation
 *
 * <pre>
 *   beta u+ = A v - alpha u      alpha v+ = A'u+ - beta v
 * </pre>
 *
 * and two QR factorisations by plane rotations. The names are those of Fong and Saunders 2011,
 * section 2.8, without damping.
 */
final class LsmrRecurrence implements Recurrence {
  private final double target;
  private final Residual residual;
  private final BandedTriangle triangle = new BandedTriangle();
  private final double[] d;
  private double[] u;
  private double[] v;
  private double[] h;
  private double[] hbar;
  private double alpha;
  private double beta;
  private double alphabar;
  private double zetabar;
  private double rho = 1;
  private double rhobar = 1;
  private double cbar = 1;
  private double sbar;
  private double theta;
  private double squaredSize;
  private boolean isTransposed = true;
  private boolean isFirst = true;

  LsmrRecurrence(double[] r, double target) {
    this.target = target;
    this.beta = Vectors.norm(r);
    this.residual = new Residual(beta);
    this.u = Vectors.scaled(1 / beta, r);
    this.d = new double[r.length];
    this.v = d.clone();
    this.h = v;
    this.hbar = v;
  }

  @Override
  public boolean wantsTransposed() {
    return isTransposed;
  }

  @Override
  public double[] wanted() {
    return isTransposed ? u : v;
  }

  @Override
  public State advance(double[] product) {
    if (!isTransposed) {
      u = Vectors.sum(product, -alpha, u);
      beta = Vectors.norm(u);
      u = Vectors.scaled(beta > 0 ? 1 / beta : 0, u);
      isTransposed = true;
      return Double.isFinite(beta) ? State.GOES_ON : State.NOT_FINITE;
    }
    v = isFirst ? product : Vectors.sum(product, -beta, v);
    alpha = Vectors.norm(v);
    v = Vectors.scaled(alpha > 0 ? 1 / alpha : 0, v);
    isTransposed = false;
    if (!Double.isFinite(alpha)) {
      return State.NOT_FINITE;
    }
    return isFirst ? begin() : step();
  }

  private State begin() {
    isFirst = false;
    alphabar = alpha;
    zetabar = alpha * beta;
    squaredSize = alpha * alpha;
    h = v;
    return alpha == 0 ? State.LEAST_SQUARES : State.GOES_ON;
  }

  private State step() {
    double oldRho = rho;
    rho = Math.hypot(alphabar, beta);
    double c = alphabar / rho;
    double s = beta / rho;
    double oldTheta = theta;
    theta = s * alpha;
    alphabar = c * alpha;
    if (!(rho > Require.NEGLIGIBLE * Math.sqrt(squaredSize))) {
      return State.LEAST_SQUARES;
    }
    triangle.add(rho, oldTheta, 0);
    double oldRhobar = rhobar;
    double thetabar = sbar * rho;
    double bent = cbar * rho;
    rhobar = Math.hypot(bent, theta);
    cbar = bent / rhobar;
    sbar = theta / rhobar;
    double zeta = cbar * zetabar;
    zetabar = -sbar * zetabar;
    hbar = Vectors.sum(h, -thetabar * rho / (oldRho * oldRhobar), hbar);
    Vectors.add(zeta / (rho * rhobar), hbar, d);
    h = Vectors.sum(v, -theta / rho, h);
    squaredSize += beta * beta;
    double norm = residual.next(c, s, thetabar, rhobar, zeta);
    double size = Math.sqrt(squaredSize);
    squaredSize += alpha * alpha;
    if (norm <= target) {
      return State.AT_TARGET;
    }
    boolean isFlat = Math.abs(zetabar) <= Require.NEGLIGIBLE * size * norm;
    return isFlat ? State.LEAST_SQUARES : State.GOES_ON;
  }

  @Override
  public double[] correction() {
    return d;
  }

  @Override
  public double smallestValue() {
    return triangle.smallest();
  }

  /**
   * The norm of the residual that goes with a step of {@link LsmrRecurrence}, from numbers alone.
   * Source: Fong and Saunders 2011, section 3.1.
   */
  private static final class Residual {
    private double betadd;
    private double betad;
    private double rhod = 1;
    private double tautilde;
    private double thetatilde;
    private double oldZeta;

    Residual(double norm) {
      this.betadd = norm;
    }

    double next(double c, double s, double thetabar, double rhobar, double zeta) {
      double betahat = c * betadd;
      betadd = -s * betadd;
      double rhotilde = Math.hypot(rhod, thetabar);
      double ctilde = rhod / rhotilde;
      double stilde = thetabar / rhotilde;
      double oldThetatilde = thetatilde;
      thetatilde = stilde * rhobar;
      rhod = ctilde * rhobar;
      betad = -stilde * betad + ctilde * betahat;
      tautilde = (oldZeta - oldThetatilde * tautilde) / rhotilde;
      double taud = (zeta - thetatilde * tautilde) / rhod;
      oldZeta = zeta;
      return Math.hypot(betad - taud, betadd);
    }
  }
}
