package org.tacit.job;

import java.util.function.Function;
import org.tacit.loss.Absolute;
import org.tacit.loss.Gamma;
import org.tacit.loss.Hinge;
import org.tacit.loss.Huber;
import org.tacit.loss.Logistic;
import org.tacit.loss.Loss;
import org.tacit.loss.MulticlassHinge;
import org.tacit.loss.MulticlassPerceptron;
import org.tacit.loss.MulticlassSparsemax;
import org.tacit.loss.Multinomial;
import org.tacit.loss.Perceptron;
import org.tacit.loss.Poisson;
import org.tacit.loss.Quantile;
import org.tacit.loss.SmoothedHinge;
import org.tacit.loss.Sparsemax;
import org.tacit.loss.Squared;
import org.tacit.loss.SquaredHinge;
import org.tacit.loss.Tweedie;

/**
 * The losses a configuration can name, with the parameters they take from it. Formula, labels and
 * source are in the classes of {@code org.tacit.loss}; one more loss is its class and a line here.
 */
public enum LossKind {
  SQUARED(parameters -> new Squared()),
  LOGISTIC(parameters -> new Logistic()),
  MULTINOMIAL(parameters -> new Multinomial()),
  ABSOLUTE(parameters -> new Absolute(parameters.smoothingOrNone())),
  HUBER(parameters -> new Huber(parameters.delta())),
  QUANTILE(parameters -> new Quantile(parameters.quantile(), parameters.smoothingOrNone())),
  HINGE(parameters -> new Hinge()),
  SQUARED_HINGE(parameters -> new SquaredHinge()),
  SMOOTHED_HINGE(parameters -> new SmoothedHinge(parameters.smoothing())),
  PERCEPTRON(parameters -> new Perceptron()),
  SPARSEMAX(parameters -> new Sparsemax()),
  MULTICLASS_HINGE(parameters -> new MulticlassHinge()),
  MULTICLASS_PERCEPTRON(parameters -> new MulticlassPerceptron()),
  MULTICLASS_SPARSEMAX(parameters -> new MulticlassSparsemax()),
  POISSON(parameters -> new Poisson()),
  GAMMA(parameters -> new Gamma()),
  TWEEDIE(parameters -> new Tweedie(parameters.power()));

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
  private final Function<LossParameters, Loss> make;

  LossKind(Function<LossParameters, Loss> make) {
    this.make = make;
  }

  /** The loss with its parameters left at their defaults. */
  public Loss loss() {
    return make.apply(LossParameters.defaults());
  }

  Loss loss(LossParameters parameters) {
    return make.apply(parameters);
  }
}
