package org.tacit.linsolve;

/**
 * The norm of the residual that goes with a step of {@link LsmrRecurrence}, from numbers alone.
 * Source: Fong and Saunders 2011, section 3.1.
 */
final class LsmrResidual {
  private double betadd;
  private double betad;
  private double rhod = 1;
  private double tautilde;
  private double thetatilde;
  private double oldZeta;

  LsmrResidual(double norm) {
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
