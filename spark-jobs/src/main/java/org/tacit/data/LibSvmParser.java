package org.tacit.data;

import java.util.Arrays;
import java.util.StringTokenizer;

/** Reads lines of the form {@code label index:value index:value ... # comment}, indices from 1. */
final class LibSvmParser implements RowParser<String> {
  private static final long serialVersionUID = 1L;

  private final LabelRule labels;
  private final FeatureRange range;
  private final int width;
  private final String bound;

  LibSvmParser(Columns columns) {
    this(columns, Capacity.ofThisJvm());
  }

  /** Where no width is set, indices are held against what the driver has room for. */
  LibSvmParser(Columns columns, Capacity capacity) {
    boolean isSet = columns.width() > 0;
    this.labels = new LabelRule(columns, capacity);
    this.range = new FeatureRange(columns);
    this.width = isSet ? columns.width() : capacity.unknowns();
    this.bound = isSet ? ", data.width" : ": " + capacity.remedy();
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
    double label = label(tokens.nextToken());
    int[] index = new int[tokens.countTokens()];
    double[] values = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      String token = tokens.nextToken();
      int colon = token.indexOf(':');
      if (colon < 1) {
        throw BadCell.of(token, "is not index:value").in("feature");
      }
      index[i] = index(token.substring(0, colon)) - 1;
      if (i > 0 && index[i] <= index[i - 1]) {
        throw BadCell.of(token, "is out of order (indices must ascend, each once in a line)")
            .in("feature");
      }
      values[i] = value(index[i], token.substring(colon + 1));
    }
    return nonZero(new Example.Marks(label, 1, 0, new int[0]), index, values);
  }

  private double label(String text) throws BadCell {
    try {
      return labels.checked(Cell.number(text));
    } catch (BadCell bad) {
      throw bad.in("label");
    }
  }

  private double value(int index, String text) throws BadCell {
    try {
      return range.checked(Cell.number(text));
    } catch (BadCell bad) {
      throw bad.in("feature " + (index + 1));
    }
  }

  private int index(String text) throws BadCell {
    try {
      double index = Cell.number(text);
      if (!(index >= 1 && index <= width && index == Math.rint(index))) {
        String most = index > width ? " and <= " + width + bound : "";
        throw BadCell.of(text, "is no feature (must be an integer >= 1" + most + ")");
      }
      return (int) index;
    } catch (BadCell bad) {
      throw bad.in("index");
    }
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
