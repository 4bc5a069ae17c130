package org.tacit.linsolve;

import java.util.Arrays;
import org.tacit.matrix.Matrix;

/**
 * One right-hand side on its way through a {@link Recurrence}, in units of |b|: it says which
 * product it wants next, and takes it, so that the products of many can be made at once ({@link
 * Lockstep}). The recurrence runs until it claims to have ended; then the residual is computed from
 * its definition, and where it is not within the tolerance the recurrence begins anew from there,
 * as long as that makes progress.
 */
final class RightSide {
  /** What all right-hand sides of a solve share. */
  record Settings(double relativeTolerance, int maxSteps, Recurrence.Method method) {}

  /** Which product is wanted. */
  enum Wants {
    NOTHING,
    PRODUCT,
    TRANSPOSED_PRODUCT
  }

  /** A claim of convergence that did not lower the residual by this factor is not tried again. */
  private static final double PROGRESS = 0.9;

  /** Cycles that end by themselves may be slower. */
  private static final double PROGRESS_OF_CYCLE = 0.999;

  /** After a claim that did not hold, or not by much, the recurrence aims lower. */
  private static final double SECOND_AIM = 0.1;

  private final Settings settings;
  private final double shift;
  private final double scale;
  private final double[] b;
  private double[] x;
  private double[] best;
  private double bestResidual;
  private Recurrence recurrence;
  private Recurrence.State state = Recurrence.State.GOES_ON;
  private Wants wants = Wants.NOTHING;
  private boolean isChecking;
  private boolean isFirst = true;
  private int steps;
  private double smallestValue = Double.POSITIVE_INFINITY;
  private Outcome outcome = Outcome.CONVERGED;

  RightSide(Settings settings, Matrix rightSide, Matrix start) {
    this(settings, rightSide, start, 0);
  }

  /** Of A + shift I, given products with A. */
  RightSide(Settings settings, Matrix rightSide, Matrix start, double shift) {
    this.settings = settings;
    this.shift = shift;
    double norm = rightSide.norm();
    boolean isRegular = norm > 0 && Double.isFinite(norm);
    this.scale = isRegular ? norm : 1;
    this.b = Vectors.divided(rightSide.window().data(), scale);
    Matrix first = Matrix.adopting(b.length, 1, Vectors.divided(start.window().data(), scale));
    this.x = isRegular && first.isFinite() ? first.toArray() : new double[b.length];
    this.best = new double[b.length];
    this.bestResidual = isRegular ? 1 : norm;
    if (!isRegular) {
      outcome = norm == 0 ? Outcome.CONVERGED : Outcome.NOT_FINITE;
    } else if (first.isFinite() && first.maxAbs() > 0) {
      check();
    } else {
      begin(b);
    }
  }

  private void check() {
    isChecking = true;
    wants = Wants.PRODUCT;
  }

  private void begin(double[] r) {
    boolean isRestart = steps > 0;
    double target = (isRestart ? SECOND_AIM : 1) * settings.relativeTolerance;
    isFirst = false;
    recurrence = settings.method.from(r, target);
    multiply();
  }

  private void multiply() {
    isChecking = false;
    wants = recurrence.wantsTransposed() ? Wants.TRANSPOSED_PRODUCT : Wants.PRODUCT;
  }

  Wants wants() {
    return wants;
  }

  /** The vector to multiply, n x 1. */
  Matrix wanted() {
    return Matrix.column(vector());
  }

  private double[] vector() {
    return isChecking ? x : recurrence.wanted();
  }

  /** Takes the wanted product. */
  void advance(double[] unshifted) {
    double[] product = shift == 0 ? unshifted : Vectors.sum(unshifted, shift, vector());
    if (isChecking) {
      checked(product);
      return;
    }
    state = recurrence.advance(product);
    steps++;
    if (state == Recurrence.State.GOES_ON && steps < settings.maxSteps) {
      multiply();
      return;
    }
    smallestValue = Math.min(smallestValue, recurrence.smallestValue());
    double[] correction = recurrence.correction();
    if (Arrays.stream(correction).allMatch(v -> v == 0)) {
      end(afterNoProgress());
    } else {
      x = Vectors.sum(best, 1, correction);
      check();
    }
  }

  private void checked(double[] product) {
    double[] r = Vectors.sum(b, -1, product);
    double norm = Vectors.norm(r);
    boolean isProgress = norm < bestResidual;
    double ratio = norm / bestResidual;
    if (isProgress) {
      best = x;
      bestResidual = norm;
    }
    if (bestResidual <= settings.relativeTolerance) {
      end(Outcome.CONVERGED);
    } else if (isFirst) {
      begin(isProgress ? r : b);
    } else if (!Double.isFinite(norm)) {
      end(Outcome.NOT_FINITE);
    } else if (isFinal()
        || steps >= settings.maxSteps
        || !(ratio <= neededProgress())
        || norm <= rounding()) {
      end(afterNoProgress());
    } else if (recurrence.replaces(r)) {
      multiply();
    } else {
      begin(r);
    }
  }

  /** What the rounding of A x leaves. */
  private double rounding() {
    return Math.ulp(1.0) * recurrence.largestValue() * Vectors.norm(x);
  }

  private boolean isFinal() {
    return switch (state) {
      case LEAST_SQUARES, WRONG_STRUCTURE, NOT_FINITE -> true;
      case GOES_ON, AT_TARGET, CYCLE_ENDED, BREAKDOWN -> false;
    };
  }

  private double neededProgress() {
    return state == Recurrence.State.CYCLE_ENDED ? PROGRESS_OF_CYCLE : PROGRESS;
  }

  private Outcome afterNoProgress() {
    return switch (state) {
      case LEAST_SQUARES -> Outcome.SINGULAR;
      case WRONG_STRUCTURE -> Outcome.WRONG_STRUCTURE;
      case NOT_FINITE -> Outcome.NOT_FINITE;
      case GOES_ON -> Outcome.BUDGET_EXHAUSTED;
      case AT_TARGET, CYCLE_ENDED, BREAKDOWN ->
          steps >= settings.maxSteps ? Outcome.BUDGET_EXHAUSTED : Outcome.STALLED;
    };
  }

  private void end(Outcome how) {
    outcome = how;
    wants = Wants.NOTHING;
  }

  Matrix solution() {
    return Matrix.column(best).times(scale);
  }

  Outcome outcome() {
    return outcome;
  }

  double residualNorm() {
    return bestResidual * scale;
  }

  double relativeResidual() {
    return bestResidual;
  }

  /** An estimate of the smallest absolute eigenvalue or singular value; infinite without one. */
  double smallestValue() {
    return smallestValue;
  }
}
