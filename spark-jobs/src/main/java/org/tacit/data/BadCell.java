package org.tacit.data;

/** A cell that makes its row useless. Thrown once a bad row, so without a stack trace. */
final class BadCell extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 40;

  private final boolean isText;

  private BadCell(String message, boolean isText) {
    super(message, null, false, false);
    this.isText = isText;
  }

  /** The objection to {@code value}, as in: "abc" is not a number. */
  static BadCell of(String value, String objection) {
    return new BadCell(shown(value) + " " + objection, false);
  }

  /** Of a text where a number is due; {@code hint} says what it may be, if anything. */
  static BadCell ofText(String value, String hint) {
    return new BadCell(shown(value) + " is not a number" + hint, true);
  }

  private static String shown(String value) {
    return "\"" + (value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...") + "\"";
  }

  static BadCell of(String what) {
    return new BadCell(what, false);
  }

  /** The same with what it must be, where it is a text. */
  BadCell must(String be) {
    return isText ? new BadCell(getMessage() + " (must be " + be + ")", true) : this;
  }

  /** The same of a column, as in: column x3: "abc" is not a number. */
  BadCell in(String column) {
    return new BadCell(column + ": " + getMessage(), isText);
  }
}
