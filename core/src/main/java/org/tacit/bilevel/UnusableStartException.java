package org.tacit.bilevel;

/** An outer optimisation has nothing to begin with: a value at its start is not to be had. */
public final class UnusableStartException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  UnusableStartException(String message) {
    super(message);
  }
}
