package org.tacit.job;

/**
 * Something in a configuration is wrong: the message names the key, its place, the bound and the
 * remedy.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
