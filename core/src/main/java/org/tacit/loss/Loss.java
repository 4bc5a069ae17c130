package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/** A loss: a number for each row, from the row's predictions and label. */
public interface Loss {
  /** The name that configurations use. */
  String name();

  /** The labels it is defined for. */
  Labels labels();

  /** The loss of each row, rows x 1, for predictions rows x outputs and labels rows x 1. */
  Var of(Var prediction, Var label);

  /** Whether it is a function of prediction - label alone. */
  default boolean isOfDifference() {
    return false;
  }

  /** Whether predictions are logs of what labels are: those of y times c are log c higher. */
  default boolean isOfLogarithms() {
    return false;
  }

  /**
   * For a loss with kinks, what to minimise instead. A minimiser may sit on a kink, where A = d1F
   * does not exist and no derivative of the solution is to be trusted; as an outer objective such a
   * loss does no harm. Empty where the gradient is continuous.
   */
  default Optional<String> smoothAlternative() {
    return Optional.empty();
  }
}
