package org.tacit.model;

/** What was asked of a model does not fit its loss or its rows. */
public final class ModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }
}
