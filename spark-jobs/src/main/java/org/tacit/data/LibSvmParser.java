package org.tacit.data;

import java.util.StringTokenizer;

/** Reads lines of the form {@code label index:value index:value ... # comment}, indices from 1. */
final class LibSvmParser implements RowParser<String> {
  private static final long serialVersionUID = 1L;

  private static final int[] NO_KEYS = {};

  private final LabelRule labels;
  private final FeatureRange range;
  private final int width;
  private final String bound;

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

  /** Zeros take no room but for a last one, so that the largest index counts as a width. */
  @Override
  public void parse(String line, RunBuilder rows) throws BadCell {
    StringTokenizer tokens = new StringTokenizer(content(line));
    rows.begin(label(tokens.nextToken()), 1, 0, NO_KEYS);
    rows.skip(0);
    int before = 0;
    int added = 0;
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      int colon = token.indexOf(':');
      if (colon < 1) {
        throw BadCell.of(token, "is not index:value").in("feature");
      }
      int index = index(token.substring(0, colon));
      if (index <= before) {
        throw BadCell.of(token, "is out of order (indices must ascend, each once in a line)")
            .in("feature");
      }
      before = index;
      double value = value(index, token.substring(colon + 1));
      if (value != 0 || !tokens.hasMoreTokens()) {
        rows.skip(index - 1 - added);
        rows.add(value);
        added = index;
      }
    }
  }

  private double label(String text) throws BadCell {
    try {
      return labels.checked(Cell.number(text));
    } catch (BadCell bad) {
      throw labels.explained(bad).in("label");
    }
  }

  private double value(int index, String text) throws BadCell {
    try {
      return range.checked(Cell.number(text));
    } catch (BadCell bad) {
      throw bad.in("feature " + index);
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
}
