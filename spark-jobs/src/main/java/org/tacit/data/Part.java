package org.tacit.data;

import java.util.Locale;

/** What rows are for. */
public enum Part {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name that configurations and results use. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
