package org.tacit.spark;

/** Data that cannot be used: what, where, and which setting is concerned. */
public final class DataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * The failure of {@code message}.
   *
   * @param key the configuration key that speaks of the offender, such as data.label
   */
  public DataException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** The configuration key that speaks of the offender, such as data.label. */
  public String key() {
    return key;
  }
}
