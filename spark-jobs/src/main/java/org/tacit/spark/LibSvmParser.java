package org.tacit.spark;

import java.util.Arrays;
import java.util.StringTokenizer;

/** Reads lines of the form {@code label index:value index:value ... # comment}, indices from 1. */
final class LibSvmParser implements RowParser<String> {
  private static final long serialVersionUID = 1L;

  private final LabelKind labelKind;
  private final int classes;
  private final int width;

  LibSvmParser(Columns columns) {
    this.labelKind = columns.labelKind();
    this.classes = columns.classes();
    this.width = columns.width() == 0 ? Integer.MAX_VALUE : columns.width();
  }

  @Override
  public boolean isRow(String line) {
    return !content(line).isBlank();
  }

  private static String content(String line) {
    int comment = line.indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }

  @Override
  public Example parse(String line) throws BadCell {
    StringTokenizer tokens = new StringTokenizer(content(line));
    double label =
        Cell.label("label", Cell.number("label", tokens.nextToken()), labelKind, classes);
    int[] index = new int[tokens.countTokens()];
    double[] values = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      String token = tokens.nextToken();
      int colon = token.indexOf(':');
      if (colon < 1) {
        throw BadCell.of("feature", token, "is not index:value");
      }
      index[i] = index(token.substring(0, colon)) - 1;
      if (i > 0 && index[i] <= index[i - 1]) {
        throw BadCell.of(
            "feature", token, "is out of order (indices must ascend, each once in a line)");
      }
      values[i] = Cell.number("feature " + (index[i] + 1), token.substring(colon + 1));
    }
    return nonZero(new Example.Marks(label, 1, new int[0]), index, values);
  }

  private int index(String text) throws BadCell {
    double index = Cell.number("index", text);
    if (!(index >= 1 && index <= width && index == Math.rint(index))) {
      throw BadCell.of(
          "index",
          text,
          "is no feature (must be an integer >= 1"
              + (width == Integer.MAX_VALUE ? ")" : " and <= " + width + ", data.width)"));
    }
    return (int) index;
  }

  /** Keeps a last zero, so that the largest index of the file counts as its width. */
  private static Example nonZero(Example.Marks marks, int[] index, double[] values) {
    int kept = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 || i == values.length - 1) {
        index[kept] = index[i];
        values[kept++] = values[i];
      }
    }
    return Example.sparse(marks, Arrays.copyOf(index, kept), Arrays.copyOf(values, kept));
  }
}
