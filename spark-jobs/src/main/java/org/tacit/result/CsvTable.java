package org.tacit.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of cells, texts and numbers alike, as a CSV file. */
public record CsvTable(String name, List<String> header, List<List<String>> rows)
    implements ResultFile {
  public CsvTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /** A cell of a number, empty where that is not finite. */
  public static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    write(header, out);
    for (List<String> row : rows) {
      write(row, out);
    }
    out.flush();
  }

  private static void write(List<String> cells, Writer out) throws IOException {
    out.append(String.join(",", cells.stream().map(CsvTable::quoted).toList())).append('\n');
  }

  static String quoted(String cell) {
    boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
