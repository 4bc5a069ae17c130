package org.tacit.loss;

import java.util.Map;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * {@link OuterLoss#areaUnderCurve(double)}, by the Fourier series of a step whose jump is smoothed,
 *
 * <pre>
 *   Phi(-t / h) = 1/2 - sum_(k odd) 2 / (pi k) exp(-(k pi h / T)^2 / 2) sin(k pi t / T),   |t| &lt; T,
 * </pre>
 *
 * and sin(a - b) = sin a cos b - cos a sin b, so that means over pairs are products of the classes'
 * means.
 */
record SmoothArea(double width) implements OuterLoss {
  /** T, in deviations of a pair's difference: all but a few pairs are nearer. */
  private static final double HALF_PERIOD = 12;

  /** Terms are left out below exp(-12.5) = 4e-6 of theirs. */
  private static final double DEVIATIONS = 5;

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public String title() {
    return "1 - smoothed area";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var over(Rows rows, Predicted predicted) {
    Var s = predicted.scores();
    ClassMoments positive = ClassMoments.of(rows, s, ClassMoments.isPositive(rows));
    ClassMoments negative = ClassMoments.of(rows, s, ClassMoments.isNegative(rows));
    Var spread = positive.variance().plus(negative.variance());
    Var isSpread = spread.greaterThan(Var.constant(0));
    Var unit = Var.where(isSpread, spread, Var.constant(1)).sqrt();
    Var middle = positive.mean().plus(negative.mean()).times(0.5);
    Var angles = s.minus(middle).divide(unit).times(Var.constant(frequencies()));
    Var ofSine = angles.sin();
    Var ofCosine = angles.cos();
    Var rising = positive.mean(rows, ofSine).times(negative.mean(rows, ofCosine));
    Var falling = positive.mean(rows, ofCosine).times(negative.mean(rows, ofSine));
    Var ranked = rising.minus(falling).times(Var.constant(amplitudes())).sumCols();
    return Var.constant(0.5).minus(ranked);
  }

  /** k pi / T, 1 x terms. */
  private Matrix frequencies() {
    int terms = 1 + (int) (DEVIATIONS * HALF_PERIOD / (Math.PI * width) / 2);
    return Matrix.tabulate(1, terms, (i, j) -> (2 * j + 1) * Math.PI / HALF_PERIOD);
  }

  private Matrix amplitudes() {
    return frequencies().map(f -> 2 / (f * HALF_PERIOD) * Math.exp(-0.5 * f * width * f * width));
  }

  @Override
  public Map<String, Var> needed(Rows rows) {
    return ClassMoments.needed(rows);
  }
}
