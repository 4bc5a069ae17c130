package org.tacit.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads rows of a CSV file whose header is known. */
final class CsvParser implements RowParser<String> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> header;
  private final int[] features;
  private final int label;
  private final int weight;
  private final int[] keys;
  private final LabelKind labelKind;
  private final int classes;

  private CsvParser(List<String> header, Columns columns) {
    this.header = new ArrayList<>(header);
    this.label = indexOf("data.label", columns.label());
    this.weight = columns.weight().map(name -> indexOf("data.weight", name)).orElse(-1);
    this.keys = columns.keys().stream().mapToInt(name -> indexOf("data.keys", name)).toArray();
    this.features =
        columns.features().stream().mapToInt(name -> indexOf("data.features", name)).toArray();
    this.labelKind = columns.labelKind();
    this.classes = columns.classes();
  }

  /** The parser of files with this header; {@code columns} name their features. */
  static CsvParser of(List<String> header, Columns columns) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw new DataException(
            "data", "Invalid header: column " + name + " twice (names must differ)");
      }
    }
    return new CsvParser(header, columns);
  }

  private int indexOf(String key, String name) {
    int at = header.indexOf(name);
    if (at < 0) {
      throw ColumnNames.missing(key, name, header);
    }
    return at;
  }

  @Override
  public boolean isRow(String line) {
    return !line.isBlank();
  }

  @Override
  public Example parse(String line) throws BadCell {
    List<String> cells = CsvLine.cells(line);
    if (cells.size() != header.size()) {
      throw BadCell.of(cells.size() + " cells (must be " + header.size() + ", as in the header)");
    }
    double[] values = new double[features.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = number(cells, features[j]);
    }
    int[] keyValues = new int[keys.length];
    for (int k = 0; k < keys.length; k++) {
      keyValues[k] = Cell.key(column(keys[k]), number(cells, keys[k]));
    }
    double labelValue = Cell.label(column(label), number(cells, label), labelKind, classes);
    double weightValue = weight < 0 ? 1 : Cell.weight(column(weight), number(cells, weight));
    return Example.dense(new Example.Marks(labelValue, weightValue, keyValues), values);
  }

  private double number(List<String> cells, int at) throws BadCell {
    return Cell.number(column(at), cells.get(at));
  }

  private String column(int at) {
    return "column " + (at + 1) + " (" + header.get(at) + ")";
  }
}
