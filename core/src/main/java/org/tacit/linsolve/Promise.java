package org.tacit.linsolve;

/** What a method makes of the structure that an operator promises. */
public enum Promise {
  /** It is taken as it is. */
  TRUSTED,
  /** It is tested on two random vectors first, one product. */
  PROBED
}
