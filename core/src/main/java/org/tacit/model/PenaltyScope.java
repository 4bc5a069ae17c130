package org.tacit.model;

import java.util.Locale;

/** What each log penalty in theta weighs. */
public enum PenaltyScope {
  /** One penalty for all coefficients. */
  ALL,
  /** One for each feature, shared by the classes. */
  FEATURE,
  /** One for each class, shared by the features. */
  CLASS,
  /** One for each group of features. */
  GROUP;

  /** The name in configurations. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
