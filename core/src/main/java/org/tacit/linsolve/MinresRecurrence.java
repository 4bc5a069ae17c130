package org.tacit.linsolve;

/**
 * The recurrence of {@link LinearSolver#minres}: Lanczos vectors v, and the QR factorisation of
 * their tridiagonal matrix by plane rotations.
 *
 * <pre>
 *   beta v+ = A v - alpha v - beta_ v_      phi = c phibar      w = (v - epsilon w__ - delta w_) / gamma
 * </pre>
 */
final class MinresRecurrence implements Recurrence {
  /** |A| |d| / |r|, at most the condition, beyond which A is singular to working precision. */
  private static final double RUN_AWAY = 1e10;

  private static final double PROGRESS = 0.9;

  private final double target;
  private final Preconditioned m;
  private final boolean isPositive;
  private final double firstBeta;
  private final double relativeTo;
  private final BandedTriangle triangle = new BandedTriangle();
  private final double[] d;
  private double[] v;
  private double[] before;
  private double[] current;
  private double[] w;
  private double[] wBefore;
  private double beta;
  private double oldBeta;
  private double dbar;
  private double epsilon;
  private double cosine = -1;
  private double sine;
  private double phibar;
  private double size;
  private double bestFlatness = Double.POSITIVE_INFINITY;
  private double[] flattest;
  private double phibarWhenFlattest;
  private boolean isSingular;

  MinresRecurrence(double[] r, double target, Preconditioned m, boolean isPositive) {
    this.target = target;
    this.m = m;
    this.isPositive = isPositive;
    this.d = new double[r.length];
    this.w = new double[r.length];
    this.wBefore = w;
    this.before = w;
    this.flattest = w;
    this.current = r;
    double[] z = m.apply(r);
    this.firstBeta = Math.sqrt(Vectors.dot(r, z));
    this.relativeTo = Vectors.norm(r);
    this.beta = firstBeta;
    this.phibar = firstBeta;
    this.v = Vectors.scaled(1 / beta, z);
  }

  @Override
  public double[] wanted() {
    return v;
  }

  @Override
  public State advance(double[] product) {
    double alpha = Vectors.dot(v, product);
    double[] next = Vectors.sum(product, -alpha / beta, current);
    if (oldBeta > 0) {
      Vectors.add(-beta / oldBeta, before, next);
    }
    double[] z = m.apply(next);
    double newBeta = Math.sqrt(Math.max(0, Vectors.dot(next, z)));
    if (!Double.isFinite(alpha) || !Double.isFinite(newBeta)) {
      return State.NOT_FINITE;
    }
    before = current;
    current = next;
    oldBeta = beta;
    beta = newBeta;
    size = Math.max(size, Math.hypot(Math.hypot(alpha, oldBeta), newBeta));
    if (isPositive && alpha < -Require.NEGLIGIBLE * size) {
      return State.WRONG_STRUCTURE;
    }
    State state = rotate(alpha);
    v = Vectors.scaled(beta > 0 ? 1 / beta : 0, z);
    return state;
  }

  private State rotate(double alpha) {
    double oldEpsilon = epsilon;
    double delta = cosine * dbar + sine * alpha;
    double gbar = sine * dbar - cosine * alpha;
    epsilon = sine * beta;
    dbar = -cosine * beta;
    double gamma = Math.hypot(gbar, beta);
    // Here |A r| = phibar |(gbar, dbar)| for the residual r before this step.
    if (isLeastSquares(Math.hypot(gbar, dbar) / size)) {
      return State.LEAST_SQUARES;
    }
    triangle.add(gamma, delta, oldEpsilon);
    cosine = gbar / gamma;
    sine = beta / gamma;
    double phi = cosine * phibar;
    phibar *= sine;
    double[] direction = Vectors.sum(v, -oldEpsilon, wBefore);
    Vectors.add(-delta, w, direction);
    wBefore = w;
    w = Vectors.scaled(1 / gamma, direction);
    Vectors.add(phi, w, d);
    return relativeTo * phibar <= target * firstBeta ? State.AT_TARGET : State.GOES_ON;
  }

  /**
   * Of a singular system A r falls to rounding first; then d runs away along the null space while
   * the residual stays as it is.
   */
  private boolean isLeastSquares(double flatness) {
    if (flatness < bestFlatness) {
      bestFlatness = flatness;
      flattest = d.clone();
      phibarWhenFlattest = phibar;
    }
    boolean hasRunAway =
        Vectors.norm(d) * size > RUN_AWAY * relativeTo && phibar > PROGRESS * phibarWhenFlattest;
    isSingular = flatness <= Require.NEGLIGIBLE || hasRunAway;
    return isSingular;
  }

  @Override
  public double[] correction() {
    return isSingular ? flattest : d;
  }

  @Override
  public double smallestValue() {
    return m.smallestOfOperator(triangle.smallest());
  }
}
