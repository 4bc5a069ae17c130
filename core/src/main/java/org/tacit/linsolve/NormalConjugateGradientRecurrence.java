package org.tacit.linsolve;

/**
 * The recurrence of {@link LinearSolver#normalConjugateGradient}: products with A' and A in turn.
 */
final class NormalConjugateGradientRecurrence implements Recurrence {
  private final double target;
  private final LanczosTridiagonal lanczos = new LanczosTridiagonal();
  private final double[] d;
  private final double[] r;
  private double[] p;
  private double gamma;
  private double alpha;
  private double size;
  private boolean isTransposed = true;

  NormalConjugateGradientRecurrence(double[] r, double target) {
    this.target = target;
    this.r = r.clone();
    this.d = new double[r.length];
    this.p = d;
  }

  @Override
  public boolean wantsTransposed() {
    return isTransposed;
  }

  @Override
  public double[] wanted() {
    return isTransposed ? r : p;
  }

  @Override
  public State advance(double[] product) {
    return isTransposed ? direction(product) : step(product);
  }

  private State direction(double[] s) {
    double newGamma = Vectors.dot(s, s);
    if (!Double.isFinite(newGamma)) {
      return State.NOT_FINITE;
    }
    double norm = Vectors.norm(r);
    size = Math.max(size, Math.sqrt(newGamma) / norm);
    if (Math.sqrt(newGamma) <= Require.NEGLIGIBLE * size * norm) {
      return State.LEAST_SQUARES;
    }
    if (gamma > 0) {
      lanczos.add(alpha, newGamma / gamma);
    }
    p = gamma > 0 ? Vectors.sum(s, newGamma / gamma, p) : s;
    gamma = newGamma;
    isTransposed = false;
    return State.GOES_ON;
  }

  private State step(double[] q) {
    double curvature = Vectors.dot(q, q);
    double square = Vectors.dot(p, p);
    if (!Double.isFinite(curvature)) {
      return State.NOT_FINITE;
    }
    size = Math.max(size, Math.sqrt(curvature / square));
    if (Math.sqrt(curvature) <= Require.NEGLIGIBLE * size * Math.sqrt(square)) {
      return State.LEAST_SQUARES;
    }
    alpha = gamma / curvature;
    Vectors.add(alpha, p, d);
    Vectors.add(-alpha, q, r);
    isTransposed = true;
    return Vectors.norm(r) <= target ? State.AT_TARGET : State.GOES_ON;
  }

  @Override
  public double[] correction() {
    return d;
  }

  @Override
  public double smallestValue() {
    double smallest = lanczos.smallest();
    return smallest > 0 ? Math.sqrt(smallest) : Double.POSITIVE_INFINITY;
  }
}
