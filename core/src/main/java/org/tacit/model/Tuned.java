package org.tacit.model;

import java.util.List;
import java.util.Optional;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
import org.tacit.loss.Parameter;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * A part of theta behind the log penalties: omega, some real numbers that say how training rows
 * enter the fit. It may change the loss, weigh the rows' losses, and give columns units; what it
 * does not change is as it was. Other rows are predicted and judged without it.
 */
public interface Tuned {
  /** What configurations call it. */
  String key();

  /** The length of omega. */
  int count(Model.Layout layout);

  /** What omega_k is of. */
  String name(int k, Model.Layout layout);

  /** Where omega_k begins unless it is given. */
  default double start(int k) {
    return 0;
  }

  /** The largest size of an omega_k that numbers can be made of. */
  default double most() {
    return Double.POSITIVE_INFINITY;
  }

  /** Refuses a model that it says nothing of. */
  default void require(Loss loss, Schema schema, Model.Layout layout) {}

  /** The keys that it reads, if any. */
  default Optional<OuterLoss.Groups> groups() {
    return Optional.empty();
  }

  /** The name of the loss's parameter that it is, if it is one. */
  default Optional<String> parameter() {
    return Optional.empty();
  }

  /** The loss that is minimised. */
  default Loss loss(Loss stated, Var omega) {
    return stated;
  }

  /** The losses of rows, rows x 1. */
  default Var losses(Var losses, Rows rows, Var omega) {
    return losses;
  }

  /** u, features x 1: penalties are of u_j W_jc. */
  default Optional<Var> units(Var omega) {
    return Optional.empty();
  }

  /** u_j. */
  default double unit(int feature, Matrix omega) {
    return 1;
  }

  /**
   * A log weight for each class:
   *
   * <pre>
   *   w_c = K exp(omega_c) / sum_k exp(omega_k)
   * </pre>
   *
   * times a training row of class c counts, as often as it would be there. They are 1 on average
   * over the K classes: what weighs all alike does the opposite of the penalties, and is theirs. So
   * a number added to all of omega changes nothing, derivatives in omega sum to zero, and a descent
   * leaves its mean where it was.
   *
   * <p>Source: King and Zeng, Logistic regression in rare events data, 2001, section 4.2.
   */
  static Tuned classWeights() {
    return new ClassWeights();
  }

  /**
   * A log scale for each feature: x_j enters the fit as exp(omega_j) x_j. With coefficients W_j of
   * x_j itself, which are those that the model has, penalties are of exp(-omega_j) W_j, so that
   * they, and no row, change. Beside one penalty for all that is one for each feature: theta - 2
   * omega_j of squares, theta - omega_j of absolute values; with both kinds, one number a feature
   * instead of two.
   */
  static Tuned featureScales() {
    return new FeatureScales(List.of());
  }

  /** The same with a log scale for each group of features. */
  static Tuned groupScales(List<Integer> groups) {
    return new FeatureScales(groups);
  }

  /**
   * A parameter of the loss, made of omega by its {@link org.tacit.loss.Parameter.Link}; it begins
   * where the loss has it. What validates it must not have the same parameter in it: least would be
   * a loss that measures little.
   */
  static Tuned parameter(Loss loss, String name) {
    Parameter stated =
        loss.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "model.tune",
                        "Invalid model.tune: %s with loss %s (must be one of its parameters %s)"
                            .formatted(
                                name,
                                loss.name(),
                                loss.parameters().stream().map(Parameter::name).toList())));
    return LossParameter.of(stated);
  }
}
