package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;
import org.tacit.result.ResultFile;

/**
 * What an experiment found, made bit by bit.
 *
 * <pre>
 *   numbers   result.json       equal bit for bit when run again
 *   tables    NAME.csv          likewise
 *   pictures  NAME.svg, .png
 *   costs     costs.json        seconds and bytes, different each time; tables and pictures of them are named costs...
 * </pre>
 */
public final class Findings {
  private final Map<String, Object> numbers = new LinkedHashMap<>();
  private final Map<String, Object> costs = new LinkedHashMap<>();
  private final List<ResultFile> files = new ArrayList<>();

  /** Adds a number, a text, or a list or map of them; keys keep their order. */
  public Findings with(String key, Object value) {
    numbers.put(key, value);
    return this;
  }

  /** Adds what something cost. */
  public Findings withCost(String key, Object value) {
    costs.put(key, value);
    return this;
  }

  /** Adds a table. */
  public Findings with(CsvFile table) {
    files.add(table);
    return this;
  }

  /** Adds a table of a row for each of {@code rows}: its name, then numbers. */
  @SafeVarargs
  @SuppressWarnings("varargs") // columns are only read
  final <T> Findings with(
      String file, String named, List<T> rows, Function<T, ?> name, Column<T>... columns) {
    return with(file, named, rows, name, List.of(columns));
  }

  /** The same with columns of any number. */
  <T> Findings with(
      String file, String named, List<T> rows, Function<T, ?> name, List<Column<T>> columns) {
    List<String> header = new ArrayList<>(List.of(named));
    columns.forEach(column -> header.add(column.title));
    double[] numbers =
        rows.stream()
            .flatMapToDouble(row -> columns.stream().mapToDouble(c -> c.value.applyAsDouble(row)))
            .toArray();
    List<String> names = rows.stream().map(row -> name.apply(row).toString()).toList();
    Matrix all = Matrix.adopting(rows.size(), columns.size(), numbers);
    return with(new CsvFile(file, header, names, all));
  }

  /** A column of a table. */
  record Column<T>(String title, ToDoubleFunction<T> value) {}

  static <T> Column<T> column(String title, ToDoubleFunction<T> value) {
    return new Column<>(title, value);
  }

  /** Adds a picture, as SVG and as PNG. */
  public Findings with(Picture picture) {
    files.addAll(picture.files());
    return this;
  }

  /** What is equal when run again. */
  public Map<String, Object> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /** What it cost. */
  public Map<String, Object> costs() {
    return Collections.unmodifiableMap(costs);
  }

  /** Tables and pictures. */
  public List<ResultFile> files() {
    return Collections.unmodifiableList(files);
  }
}
