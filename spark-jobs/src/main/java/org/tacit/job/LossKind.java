package org.tacit.job;

import java.util.Locale;
import org.tacit.loss.Logistic;
import org.tacit.loss.Loss;
import org.tacit.loss.Multinomial;
import org.tacit.loss.Squared;

/** The losses a configuration can name, with what their labels are. */
public enum LossKind {
  /** 1/2 (prediction - label)^2; any real label. */
  SQUARED,
  /** log(1 + exp(-label prediction)); labels -1 and 1, or 0 and 1. */
  LOGISTIC,
  /** Cross entropy of softmax; labels 0 to K - 1. */
  MULTINOMIAL;

  public Loss loss() {
    return switch (this) {
      case SQUARED -> new Squared();
      case LOGISTIC -> new Logistic();
      case MULTINOMIAL -> new Multinomial();
    };
  }

  /** The name in configurations. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
