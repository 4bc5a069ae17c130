package org.tacit.data;

/**
 * Reads numbers out of text, and holds numbers against what their column may have. Objections name
 * no column, so that a good cell costs no name: who reads the row says which column it was.
 */
final class Cell {
  /** Below it a double is the whole number that was written. */
  private static final double WHOLE = 0x1p53;

  private Cell() {}

  /** The finite decimal number in {@code text}, which may have blanks around it. */
  static double number(String text) throws BadCell {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw BadCell.of(text, "is missing");
    }
    if (!isDecimal(trimmed)) {
      throw notANumber(text, trimmed);
    }
    try {
      double value = Double.parseDouble(trimmed);
      if (Double.isInfinite(value)) {
        throw BadCell.of(text, "is not finite");
      }
      return value;
    } catch (NumberFormatException wrong) {
      throw notANumber(text, trimmed);
    }
  }

  static boolean isNumber(String text) {
    try {
      number(text);
      return true;
    } catch (BadCell bad) {
      return false;
    }
  }

  private static BadCell notANumber(String text, String trimmed) {
    boolean hasDecimalComma =
        trimmed.indexOf(',') >= 0 && isDecimal(trimmed.replace(',', '.').replace(" ", ""));
    return BadCell.ofText(text, hasDecimalComma ? " (decimals are written with a point)" : "");
  }

  /** Only what a decimal number is made of: Java would also read 1d, 0x1p3, NaN and Infinity. */
  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isDigit(c) && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  static double finite(double value) throws BadCell {
    if (!Double.isFinite(value)) {
      throw BadCell.of(Double.toString(value), "is not finite");
    }
    return value;
  }

  static double weight(double value) throws BadCell {
    if (value < 0) {
      throw BadCell.of(Double.toString(value), "is no weight (must be >= 0)");
    }
    return value;
  }

  /** A name as it is but for blanks around it, a whole number as it is counted: 2, not 2.0. */
  static String name(String text) throws BadCell {
    String name = text.strip();
    if (name.isEmpty()) {
      throw BadCell.of(text, "is missing");
    }
    double number = isNumber(name) ? number(name) : Double.NaN;
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < WHOLE;
    return isWhole ? Long.toString((long) number) : name;
  }

  static int key(double value) throws BadCell {
    if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      String most = value > Integer.MAX_VALUE ? " and <= " + Integer.MAX_VALUE : "";
      throw BadCell.of(Double.toString(value), "is no key (must be an integer >= 0" + most + ")");
    }
    return (int) value;
  }
}
