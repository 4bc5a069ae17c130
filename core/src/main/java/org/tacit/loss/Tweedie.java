package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * exp((2 - p) s) / (2 - p) + y exp((1 - p) s) / (p - 1) for the log of the mean s, a label y >= 0
 * and a power p in (1, 2): half the Tweedie deviance up to a constant of y; between Poisson (p = 1)
 * and gamma (p = 2), with a positive probability of y = 0.
 *
 * <p>At y = 0 the second term is 0 whatever s is. Source: Jorgensen, The theory of dispersion
 * models, 1997, chapter 4; scikit-learn's HalfTweedieLoss.
 */
public record Tweedie(double power) implements Loss {
  public Tweedie {
    Bound.between("power", power, 1, 2);
  }

  @Override
  public String name() {
    return "tweedie";
  }

  @Override
  public Labels labels() {
    return Labels.NON_NEGATIVE;
  }

  @Override
  public boolean isOfLogarithms() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    Var zero = Var.constant(0);
    Var positive = label.greaterThan(zero);
    Var score = Var.where(positive, prediction, zero); // so that 0 exp(infinity) is never taken
    Var mean = prediction.times(2 - power).exp().divide(2 - power);
    return mean.plus(score.times(1 - power).exp().times(label).divide(power - 1));
  }
}
