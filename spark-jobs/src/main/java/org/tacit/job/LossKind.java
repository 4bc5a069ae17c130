package org.tacit.job;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tacit.loss.Loss;

/**
 * The losses a configuration can name, with the parameters they take from it. Formula, labels and
 * source are in {@link Loss}; one more loss is its method there and a line here.
 */
public enum LossKind {
  SQUARED(parameters -> Loss.squared()),
  LOGISTIC(parameters -> Loss.logistic(parameters.labelSmoothing())),
  MULTINOMIAL(parameters -> Loss.multinomial(parameters.labelSmoothing())),
  ABSOLUTE(parameters -> Loss.absolute(parameters.smoothingOrNone())),
  HUBER(parameters -> Loss.huber(parameters.delta())),
  QUANTILE(parameters -> Loss.quantile(parameters.quantile(), parameters.smoothingOrNone())),
  HINGE(parameters -> Loss.hinge()),
  SQUARED_HINGE(parameters -> Loss.squaredHinge()),
  SMOOTHED_HINGE(parameters -> Loss.smoothedHinge(parameters.smoothing())),
  PERCEPTRON(parameters -> Loss.perceptron()),
  SPARSEMAX(parameters -> Loss.sparsemax()),
  MULTICLASS_HINGE(parameters -> Loss.multiclassHinge()),
  MULTICLASS_PERCEPTRON(parameters -> Loss.multiclassPerceptron()),
  MULTICLASS_SPARSEMAX(parameters -> Loss.multiclassSparsemax()),
  POISSON(parameters -> Loss.poisson()),
  GAMMA(parameters -> Loss.gamma()),
  TWEEDIE(parameters -> Loss.tweedie(parameters.power()));

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

  static boolean hasParameter(Loss loss, String name) {
    return loss.parameters().stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /** The names of the losses that have a parameter. */
  static List<String> withParameter(String name) {
    return Stream.of(values())
        .map(LossKind::loss)
        .filter(loss -> hasParameter(loss, name))
        .map(Loss::name)
        .toList();
  }
}
