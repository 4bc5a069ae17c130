package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * s + y exp(-s) for the log of the mean s and a label y > 0: half the gamma deviance up to a
 * constant of y. Infinite where exp(-s) is (s below -709).
 *
 * <p>Source: McCullagh and Nelder, Generalized linear models, 1989, section 8.3; scikit-learn's
 * HalfGammaLoss.
 */
public record Gamma() implements Loss {
  @Override
  public String name() {
    return "gamma";
  }

  @Override
  public Labels labels() {
    return Labels.POSITIVE;
  }

  @Override
  public boolean isOfLogarithms() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return prediction.plus(prediction.negate().exp().times(label));
  }
}
