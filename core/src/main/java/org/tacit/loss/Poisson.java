package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * exp(s) - y s for the log of the mean s and a count y >= 0: half the Poisson deviance up to a
 * constant of y. Infinite where exp(s) is (s above 709).
 *
 * <p>Source: McCullagh and Nelder, Generalized linear models, 1989, section 6.2; scikit-learn's
 * HalfPoissonLoss.
 */
public record Poisson() implements Loss {
  @Override
  public String name() {
    return "poisson";
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
    return prediction.exp().minus(prediction.times(label));
  }
}
