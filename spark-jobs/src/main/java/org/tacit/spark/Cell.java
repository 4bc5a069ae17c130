package org.tacit.spark;

/** Reads numbers out of text, and holds numbers against what their column may have. */
final class Cell {
  private Cell() {}

  /** The finite decimal number in {@code text}, which may have blanks around it. */
  static double number(String column, String text) throws BadCell {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw BadCell.of(column, text, "is missing");
    }
    if (!isDecimal(trimmed)) {
      throw BadCell.of(column, text, "is not a number");
    }
    try {
      double value = Double.parseDouble(trimmed);
      if (Double.isInfinite(value)) {
        throw BadCell.of(column, text, "is not finite");
      }
      return value;
    } catch (NumberFormatException wrong) {
      throw BadCell.of(column, text, "is not a number");
    }
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

  static double finite(String column, double value) throws BadCell {
    if (!Double.isFinite(value)) {
      throw BadCell.of(column, Double.toString(value), "is not finite");
    }
    return value;
  }

  static double weight(String column, double value) throws BadCell {
    if (value < 0) {
      throw BadCell.of(column, Double.toString(value), "is no weight (must be >= 0)");
    }
    return value;
  }

  static int key(String column, double value) throws BadCell {
    if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw BadCell.of(column, Double.toString(value), "is no key (must be an integer >= 0)");
    }
    return (int) value;
  }

  static double label(String column, double value, LabelKind kind, int classes) throws BadCell {
    String objection = kind.objection(value, classes);
    if (!objection.isEmpty()) {
      throw BadCell.of(column, Double.toString(value), objection);
    }
    return value;
  }
}
