package org.tacit.loss;

import java.util.Optional;

/** What labels a loss is defined for. */
public enum Labels {
  /** Any finite number. */
  REAL,
  /** Numbers >= 0, such as counts. */
  NON_NEGATIVE,
  /** Numbers > 0. */
  POSITIVE,
  /** -1 and 1. */
  BINARY,
  /** Classes 0 to K - 1, with a column of predictions for each. */
  CLASSES;

  /** The labels that are both of these and of {@code other}; empty where no set of them is. */
  public Optional<Labels> and(Labels other) {
    if (isWithin(other)) {
      return Optional.of(this);
    }
    return other.isWithin(this) ? Optional.of(other) : Optional.empty();
  }

  private boolean isWithin(Labels wider) {
    return switch (wider) {
      case REAL -> this != CLASSES;
      case NON_NEGATIVE -> this == NON_NEGATIVE || this == POSITIVE;
      case POSITIVE, BINARY, CLASSES -> this == wider;
    };
  }
}
