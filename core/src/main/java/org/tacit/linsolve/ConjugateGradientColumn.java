package org.tacit.linsolve;

import java.util.Arrays;
import org.tacit.matrix.Matrix;

/**
 * One right-hand side on its way through {@link ConjugateGradient}: it names the vector to multiply
 * next and takes the product. Inside, everything is in units of |b|.
 */
final class ConjugateGradientColumn implements RightSide {
  private enum Next {
    /** The product with x gives the residual by its definition. */
    CHECK,
    /** The product with p makes a step. */
    STEP,
    NOTHING
  }

  /** A check that does not lower the residual by this factor has met the limit of precision. */
  private static final double PROGRESS = 0.9;

  /** A drift of the recursive residual beyond this part of the true one spoils the directions. */
  private static final double DRIFT = 0.1;

  private final ConjugateGradient method;
  private final Preconditioned m;
  private final double scale;
  private final double[] b;
  private double[] x;
  private double[] best;
  private double bestResidual;
  private double[] r;
  private double[] p;

  /** r' M^-1 r of the r that p came from. */
  private double rho;

  private double checkedResidual = Double.POSITIVE_INFINITY;
  private double largestValue;
  private int steps;
  private int stepsAtCheck;
  private int bestStep;
  private LanczosTridiagonal lanczos = new LanczosTridiagonal();
  private double smallestRitzValue = Double.POSITIVE_INFINITY;
  private Next next = Next.NOTHING;
  private Outcome outcome = Outcome.CONVERGED;

  ConjugateGradientColumn(
      ConjugateGradient method, Preconditioned m, Matrix rightSide, Matrix start) {
    this.method = method;
    this.m = m;
    double norm = rightSide.norm();
    boolean isRegular = norm > 0 && Double.isFinite(norm);
    this.scale = isRegular ? norm : 1;
    this.b = rightSide.map(v -> v / scale).toArray();
    Matrix first = start.map(v -> v / scale);
    this.x = isRegular && first.isFinite() ? first.toArray() : new double[b.length];
    this.best = x;
    this.r = b.clone();
    this.p = r;
    if (!isRegular) {
      checkedResidual = norm;
      outcome = norm == 0 ? Outcome.CONVERGED : Outcome.NOT_FINITE;
    } else if (first.isFinite() && first.maxAbs() > 0) {
      next = Next.CHECK;
    } else {
      beginAtZero();
    }
  }

  private void beginAtZero() {
    Arrays.fill(x, 0);
    checkedResidual = Vectors.norm(r);
    remember(checkedResidual);
    steepest();
    next = Next.STEP;
  }

  @Override
  public Wants wants() {
    return next == Next.NOTHING ? Wants.NOTHING : Wants.PRODUCT;
  }

  @Override
  public Matrix wanted() {
    return Matrix.column(next == Next.CHECK ? x : p);
  }

  @Override
  public void advance(double[] product) {
    if (next == Next.CHECK) {
      check(product);
    } else {
      step(product);
    }
  }

  private void check(double[] product) {
    double[] residual = new double[b.length];
    double drift = 0;
    for (int i = 0; i < b.length; i++) {
      residual[i] = b[i] - product[i];
      drift += (residual[i] - r[i]) * (residual[i] - r[i]);
    }
    double norm = Vectors.norm(residual);
    if (steps == 0 && !(norm < 1)) {
      beginAtZero();
      return;
    }
    double rounding = Math.ulp(1.0) * largestValue * Vectors.norm(x);
    boolean canImprove = norm <= PROGRESS * checkedResidual && norm > rounding;
    boolean isFirst = steps == 0;
    checkedResidual = norm;
    remember(norm);
    stepsAtCheck = steps;
    r = residual;
    if (norm <= method.relativeTolerance()) {
      end(Outcome.CONVERGED);
    } else if (!outcome.isConverged()) {
      end(outcome);
    } else if (!canImprove) {
      end(Outcome.STALLED);
    } else {
      if (isFirst || Math.sqrt(drift) > DRIFT * norm) {
        restart();
      }
      next = Next.STEP;
    }
  }

  private void restart() {
    keepRitzValue();
    lanczos = new LanczosTridiagonal();
    steepest();
  }

  private void steepest() {
    p = m.apply(r).clone();
    rho = Vectors.dot(r, p);
  }

  private void step(double[] q) {
    double squaredDirection = Vectors.dot(p, p);
    double curvature = Vectors.dot(p, q);
    largestValue = Math.max(largestValue, Vectors.norm(q) / Math.sqrt(squaredDirection));
    double rounding = b.length * Math.ulp(1.0) * largestValue * squaredDirection;
    if (!Double.isFinite(curvature) || !Double.isFinite(rounding)) {
      stop(Outcome.NOT_FINITE);
    } else if (curvature <= rounding) {
      stop(curvature < -rounding ? Outcome.WRONG_STRUCTURE : Outcome.SINGULAR);
    } else {
      move(q, curvature);
    }
  }

  private void move(double[] q, double curvature) {
    double alpha = rho / curvature;
    for (int i = 0; i < x.length; i++) {
      x[i] += alpha * p[i];
      r[i] -= alpha * q[i];
    }
    double[] z = m.apply(r);
    double moved = Vectors.dot(r, z);
    double beta = moved / rho;
    rho = moved;
    lanczos.add(alpha, beta);
    for (int i = 0; i < p.length; i++) {
      p[i] = z[i] + beta * p[i];
    }
    steps++;
    double residual = Vectors.norm(r);
    if (residual < bestResidual) {
      remember(residual);
    }
    if (residual <= method.relativeTolerance()) {
      next = Next.CHECK;
    } else if (steps >= method.maxIterations()) {
      stop(Outcome.BUDGET_EXHAUSTED);
    }
  }

  private void remember(double residual) {
    best = x.clone();
    bestResidual = residual;
    bestStep = steps;
  }

  /**
   * Ends after a last check, unless x was checked already. Where A is singular x runs away along
   * its null space, so the step of the smallest residual is returned; otherwise the last step,
   * which is the best in the norm of A.
   */
  private void stop(Outcome why) {
    outcome = why;
    boolean goesBack = why == Outcome.SINGULAR;
    x = goesBack ? best : x;
    if ((goesBack ? bestStep : steps) > stepsAtCheck) {
      next = Next.CHECK;
    } else {
      end(why);
    }
  }

  private void end(Outcome how) {
    outcome = how;
    next = Next.NOTHING;
    keepRitzValue();
  }

  private void keepRitzValue() {
    smallestRitzValue = Math.min(smallestRitzValue, lanczos.smallest());
  }

  @Override
  public Matrix solution() {
    return Matrix.column(x).times(scale);
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public double residualNorm() {
    return checkedResidual * scale;
  }

  @Override
  public double relativeResidual() {
    return checkedResidual;
  }

  /** Infinite when no step was made. */
  @Override
  public double smallestValue() {
    return m.smallestOfOperator(smallestRitzValue);
  }
}
