package org.tacit.model;

/** What was asked of a model does not fit its loss or its rows. */
public final class ModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /** Of the setting at {@code key}, as configurations call it. */
  public ModelException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** The setting that does not fit. */
  public String key() {
    return key;
  }
}
