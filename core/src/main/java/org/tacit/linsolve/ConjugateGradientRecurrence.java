package org.tacit.linsolve;

/**
 * The recurrence of {@link LinearSolver#conjugateGradient}, from d = 0, z = M^-1 r and p = z:
 *
 * <pre>
 *   alpha = r'z / p'Ap    d += alpha p    r -= alpha A p    z = M^-1 r    beta = r+'z+ / r'z    p = z+ + beta p
 * </pre>
 */
final class ConjugateGradientRecurrence implements Recurrence {
  /** A drift of the recursive residual beyond this part of the true one spoils the directions. */
  private static final double DRIFT = 0.1;

  private final double target;
  private final Preconditioned m;
  private LanczosTridiagonal lanczos = new LanczosTridiagonal();
  private double smallestRitzValue = Double.POSITIVE_INFINITY;
  private double[] d;
  private double[] r;
  private double[] p;
  private double rz;
  private double largestValue;
  private double[] best;
  private double bestResidual;
  private boolean isSingular;

  ConjugateGradientRecurrence(double[] r, double target, Preconditioned m) {
    this.target = target;
    this.m = m;
    begin(r);
    steepest();
  }

  private void begin(double[] residual) {
    r = residual;
    d = new double[r.length];
    best = d.clone();
    bestResidual = Vectors.norm(r);
  }

  private void steepest() {
    p = m.apply(r);
    rz = Vectors.dot(r, p);
  }

  @Override
  public double[] wanted() {
    return p;
  }

  @Override
  public State advance(double[] ap) {
    double curvature = Vectors.dot(p, ap);
    State state = judged(curvature, ap);
    if (state != State.GOES_ON) {
      return state;
    }
    double alpha = rz / curvature;
    Vectors.add(alpha, p, d);
    r = Vectors.sum(r, -alpha, ap);
    double[] z = m.apply(r);
    double before = rz;
    rz = Vectors.dot(r, z);
    double beta = rz / before;
    p = Vectors.sum(z, beta, p);
    lanczos.add(alpha, beta);
    return remembered(Vectors.norm(r)) <= target ? State.AT_TARGET : State.GOES_ON;
  }

  /** Whether A can be positive definite, p'Ap being this. */
  private State judged(double curvature, double[] ap) {
    double square = Vectors.dot(p, p);
    largestValue = Math.max(largestValue, Vectors.norm(ap) / Math.sqrt(square));
    double rounding = p.length * Math.ulp(1.0) * largestValue * square;
    if (!Double.isFinite(curvature) || !Double.isFinite(rounding)) {
      return State.NOT_FINITE;
    }
    isSingular = Math.abs(curvature) <= rounding;
    return isSingular ? State.LEAST_SQUARES : curvature < 0 ? State.WRONG_STRUCTURE : State.GOES_ON;
  }

  private double remembered(double residual) {
    if (residual < bestResidual) {
      best = d.clone();
      bestResidual = residual;
    }
    return residual;
  }

  @Override
  public boolean replaces(double[] trueResidual) {
    double drift = Vectors.norm(Vectors.sum(trueResidual, -1, r));
    begin(trueResidual);
    if (drift > DRIFT * bestResidual) {
      smallestRitzValue = Math.min(smallestRitzValue, lanczos.smallest());
      lanczos = new LanczosTridiagonal();
      steepest();
    }
    return true;
  }

  @Override
  public double largestValue() {
    return largestValue;
  }

  /**
   * Where A is singular d runs away along its null space, so the step of the smallest residual is
   * returned; otherwise the last step, which is the best in the norm of A.
   */
  @Override
  public double[] correction() {
    return isSingular ? best : d;
  }

  /** The smallest Ritz value; infinite when no step was made. */
  @Override
  public double smallestValue() {
    return m.smallestOfOperator(Math.min(smallestRitzValue, lanczos.smallest()));
  }
}
