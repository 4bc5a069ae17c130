package org.tacit.pass;

/** A primitive made a NaN out of numbers: where, and what to look at. */
public final class NotANumberException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  NotANumberException(String primitive, int partition, long row) {
    super(
        "NaN from "
            + primitive
            + " in partition "
            + partition
            + ", near row "
            + row
            + " (look for overflow, log or sqrt of a negative number, or infinite data there)");
  }

  /** Of a value made of others outside of a program, which is infinite or not a number. */
  public static NotANumberException of(String what) {
    return new NotANumberException(what);
  }

  NotANumberException(String primitive) {
    super(
        "NaN from "
            + primitive
            + " (look for overflow, a log or sqrt of a negative number, or a singular system)");
  }
}
