package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * |r| for r = prediction - label, any real label; with smoothing s > 0 it is sqrt(r^2 + s^2) - s,
 * which lies at most s below.
 *
 * <p>With s = 0 the derivative at r = 0 is 0. Convex; smooth of any order for s > 0, with second
 * derivative at most 1 / s.
 */
public record Absolute(double smoothing) implements Loss {
  public Absolute {
    Bound.notNegative("smoothing", smoothing);
  }

  @Override
  public String name() {
    return "absolute";
  }

  @Override
  public Labels labels() {
    return Labels.REAL;
  }

  @Override
  public Optional<String> smoothAlternative() {
    return smoothing > 0 ? Optional.empty() : Optional.of("absolute with smoothing > 0, or huber");
  }

  @Override
  public boolean isOfDifference() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    Var residual = prediction.minus(label);
    return Distance.of(residual, smoothing);
  }
}
