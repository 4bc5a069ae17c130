package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads rows of a CSV file whose header is known. */
final class CsvParser implements RowParser<String>, ColumnReader.Cells<List<String>> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> header;
  private final CsvForm form;
  private final int[] numbers;
  private final ColumnReader reader;

  /** The parser of files with this header; {@code columns} name their features. */
  CsvParser(CsvHeader header, Columns columns, CsvForm form, Capacity capacity) {
    this.header = new ArrayList<>(header.names());
    this.form = form;
    Map<String, Integer> places = header.places();
    int[] marks =
        Stream.of(
                places(places, "data.label", List.of(columns.label())),
                places(places, "data.weight", columns.weight().stream().toList()),
                places(places, "data.offset", columns.offset().stream().toList()),
                places(places, "data.keys", columns.keys()),
                places(places, "folds.column", columns.names().stream().toList()))
            .flatMapToInt(part -> part)
            .toArray();
    int[] features = places(places, "data.features", columns.features()).toArray();
    this.numbers = IntStream.concat(IntStream.of(marks[0]), IntStream.of(features)).toArray();
    this.reader = new ColumnReader(marks, features, columns, capacity);
  }

  private IntStream places(Map<String, Integer> places, String key, List<String> names) {
    return names.stream()
        .mapToInt(
            name ->
                Optional.ofNullable(places.get(name))
                    .orElseThrow(() -> ColumnNames.missing(key, name, header)));
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
  public void parse(String line, RunBuilder rows) throws BadCell {
    List<String> cells = CsvLine.cells(line, form.separator());
    requireWidth(line, cells);
    try {
      reader.read(cells, this, rows);
    } catch (BadCell bad) {
      requireClosed(line);
      throw bad;
    }
  }

  @Override
  public double number(List<String> cells, int at) throws BadCell {
    return Cell.number(cells.get(at));
  }

  @Override
  public String name(List<String> cells, int at) throws BadCell {
    return Cell.name(cells.get(at));
  }

  @Override
  public boolean isMissing(List<String> cells, int at) {
    return cells.get(at).isBlank();
  }

  @Override
  public String column(int at) {
    return "column " + (at + 1) + " (" + header.get(at) + ")";
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
    for (int at : numbers) {
      boolean isText =
          at < cells.size() && !cells.get(at).isBlank() && !Cell.isNumber(cells.get(at));
      if (isText) {
        text.add(header.get(at));
      }
    }
    return text;
  }
}
