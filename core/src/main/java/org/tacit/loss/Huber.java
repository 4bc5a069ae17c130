package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * 1/2 r^2 for |r| &lt;= delta, delta (|r| - delta / 2) beyond, with r = prediction - label and any
 * real label.
 *
 * <p>The gradient is continuous; at |r| = delta the second derivative is 0, that of the outside.
 * Source: Huber, Robust estimation of a location parameter, 1964; JAXopt's huber_loss.
 */
public record Huber(double delta) implements Loss {
  public Huber {
    Bound.positive("delta", delta);
  }

  @Override
  public String name() {
    return "huber";
  }

  @Override
  public Labels labels() {
    return Labels.REAL;
  }

  @Override
  public boolean isOfDifference() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    Var residual = prediction.minus(label);
    Var within = residual.clip(-delta, delta);
    Var beyond = residual.abs().minus(delta).max(Var.constant(0));
    return within.square().times(0.5).plus(beyond.times(delta));
  }
}
