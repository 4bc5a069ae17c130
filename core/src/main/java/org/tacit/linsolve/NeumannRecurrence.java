package org.tacit.linsolve;

/** The partial sums of {@link LinearSolver#neumann}. */
final class NeumannRecurrence implements Recurrence {
  /** A residual that has grown by this factor since its smallest will not come back. */
  private static final double DIVERGED = 1e6;

  private final double target;
  private final double[] d;
  private final double[] r;
  private double[] best;
  private double smallest;

  NeumannRecurrence(double[] r, double target) {
    this.target = target;
    this.r = r.clone();
    this.d = new double[r.length];
    this.best = d.clone();
    this.smallest = Vectors.norm(r);
  }

  @Override
  public double[] wanted() {
    return r;
  }

  @Override
  public State advance(double[] product) {
    Vectors.add(1, r, d);
    Vectors.add(-1, product, r);
    double norm = Vectors.norm(r);
    if (norm < smallest) {
      best = d.clone();
      smallest = norm;
    }
    if (norm <= target) {
      return State.AT_TARGET;
    }
    if (!Double.isFinite(norm)) {
      return State.NOT_FINITE;
    }
    return norm > DIVERGED * smallest ? State.BREAKDOWN : State.GOES_ON;
  }

  @Override
  public double[] correction() {
    return best;
  }
}
