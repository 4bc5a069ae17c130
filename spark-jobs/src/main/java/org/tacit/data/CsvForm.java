package org.tacit.data;

import java.io.Serializable;

/**
 * How a CSV file is written.
 *
 * @param separator what stands between cells
 * @param isMultiline whether quoted cells may have line breaks; a file is then read by one task,
 *     since nothing says in the middle of it whether a line begins a row
 */
public record CsvForm(char separator, boolean isMultiline) implements Serializable {
  /** Commas, and a row a line. */
  public static final CsvForm DEFAULT = new CsvForm(',', false);

  public CsvForm {
    boolean isInNumbers = Character.isLetterOrDigit(separator) || "+-.".indexOf(separator) >= 0;
    if (isInNumbers || "\"\r\n".indexOf(separator) >= 0) {
      throw new DataException(
          "data.separator",
          "Invalid data.separator: "
              + separator
              + " (must be a character that numbers, quotes and line breaks do not have)");
    }
  }
}
