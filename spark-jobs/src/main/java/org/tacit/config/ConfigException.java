package org.tacit.config;

/**
 * Something in a configuration is wrong: the message names the key, its place, the bound and the
 * remedy.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
