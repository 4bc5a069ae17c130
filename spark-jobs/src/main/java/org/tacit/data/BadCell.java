package org.tacit.data;

/** A cell that makes its row useless. Thrown once a bad row, so without a stack trace. */
final class BadCell extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 40;

  private BadCell(String message) {
    super(message, null, false, false);
  }

  /** The objection to {@code value}, as in: "abc" is not a number. */
  static BadCell of(String value, String objection) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    return new BadCell("\"" + shown + "\" " + objection);
  }

  static BadCell of(String what) {
    return new BadCell(what);
  }

  /** The same of a column, as in: column x3: "abc" is not a number. */
  BadCell in(String column) {
    return new BadCell(column + ": " + getMessage());
  }
}
