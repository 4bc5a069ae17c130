package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads rows of a CSV file whose header is known. */
final class CsvParser implements RowParser<String> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> header;
  private final CsvForm form;
  private final int[] features;
  private final int label;
  private final int weight;
  private final int offset;
  private final int[] keys;
  private final LabelRule labels;
  private final FeatureRange range;

  private CsvParser(
      List<String> names,
      Map<String, Integer> places,
      Columns columns,
      CsvForm form,
      Capacity capacity) {
    this.header = new ArrayList<>(names);
    this.form = form;
    this.label = place(places, "data.label", columns.label());
    this.weight = columns.weight().map(name -> place(places, "data.weight", name)).orElse(-1);
    this.offset = columns.offset().map(name -> place(places, "data.offset", name)).orElse(-1);
    this.keys = places(places, "data.keys", columns.keys());
    this.features = places(places, "data.features", columns.features());
    this.labels = new LabelRule(columns, capacity);
    this.range = new FeatureRange(columns);
  }

  /** The parser of files with this header; {@code columns} name their features. */
  static CsvParser of(CsvHeader header, Columns columns, CsvForm form, Capacity capacity) {
    return new CsvParser(header.names(), header.places(), columns, form, capacity);
  }

  private int[] places(Map<String, Integer> places, String key, List<String> names) {
    return names.stream().mapToInt(name -> place(places, key, name)).toArray();
  }

  private int place(Map<String, Integer> places, String key, String name) {
    Integer at = places.get(name);
    if (at == null) {
      throw ColumnNames.missing(key, name, header);
    }
    return at;
  }

  @Override
  public boolean isRow(String line) {
    return CsvLine.hasContent(line, form.separator());
  }

  @Override
  public long lines(String record) {
    return form.isMultiline() ? 1 + record.chars().filter(c -> c == '\n').count() : 1;
  }

  @Override
  public Example parse(String line) throws BadCell {
    List<String> cells = CsvLine.cells(line, form.separator());
    requireWidth(line, cells);
    int at = label;
    try {
      double labelValue = labels.checked(Cell.number(cells.get(at)));
      double weightValue = 1;
      if (weight >= 0) {
        at = weight;
        weightValue = Cell.weight(Cell.number(cells.get(at)));
      }
      double offsetValue = 0;
      if (offset >= 0) {
        at = offset;
        offsetValue = Cell.number(cells.get(at));
      }
      int[] keyValues = new int[keys.length];
      for (int k = 0; k < keys.length; k++) {
        at = keys[k];
        keyValues[k] = Cell.key(Cell.number(cells.get(at)));
      }
      double[] values = new double[features.length];
      for (int j = 0; j < values.length; j++) {
        at = features[j];
        values[j] = range.checked(Cell.number(cells.get(at)));
      }
      return Example.dense(
          new Example.Marks(labelValue, weightValue, offsetValue, keyValues), values);
    } catch (BadCell bad) {
      requireClosed(line);
      throw bad.in("column " + (at + 1) + " (" + header.get(at) + ")");
    }
  }

  /** As many cells as names; more may follow when they are empty. */
  private void requireWidth(String line, List<String> cells) throws BadCell {
    boolean isWider =
        cells.size() > header.size()
            && cells.subList(header.size(), cells.size()).stream().allMatch(String::isBlank);
    if (cells.size() != header.size() && !isWider) {
      requireClosed(line);
      throw BadCell.of(cells.size() + " cells (must be " + header.size() + ", as in the header)");
    }
  }

  private void requireClosed(String line) throws BadCell {
    if (CsvLine.endsInQuotes(line, form.separator(), false)) {
      throw BadCell.of(
          form.isMultiline()
              ? "a quote that is never closed"
              : "a quote that is not closed in its line (set data.multiline = true where cells"
                  + " have line breaks)");
    }
  }

  @Override
  public List<String> textColumns(String line) {
    List<String> text = new ArrayList<>();
    List<String> cells = CsvLine.cells(line, form.separator());
    for (int feature : features) {
      boolean isText =
          feature < cells.size()
              && !cells.get(feature).isBlank()
              && !Cell.isNumber(cells.get(feature));
      if (isText) {
        text.add(header.get(feature));
      }
    }
    return text;
  }
}
