package org.tacit.model;

import java.util.Locale;

/** How the losses of rows make up the data term. */
public enum Average {
  /** Divided by the number of rows, or by the sum of weights. */
  MEAN,
  /** Added up. */
  SUM;

  /** The name in configurations. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
