package org.tacit.data;

/** Data that cannot be used: what, where, and which setting is concerned. */
public final class DataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * @param key the configuration key that speaks of the offender, such as data.label
   */
  public DataException(String key, String message) {
    super(message);
    this.key = key;
  }

  DataException(String key, String message, Throwable cause) {
    super(message, cause);
    this.key = key;
  }

  /** The same failure under {@code newKey}, if nothing more exact than {@code data} was known. */
  DataException under(String newKey) {
    return key.equals("data") ? new DataException(newKey, getMessage(), this) : this;
  }

  /** The configuration key that speaks of the offender, such as data.label. */
  public String key() {
    return key;
  }
}
