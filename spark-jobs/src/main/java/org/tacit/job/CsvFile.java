package org.tacit.job;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * A list of a result as a CSV file: a row of {@code numbers} behind each name. A number that is not
 * finite is an empty cell.
 */
record CsvFile(String name, List<String> header, List<String> names, Matrix numbers) {
  CsvFile {
    header = List.copyOf(header);
    names = List.copyOf(names);
  }

  void writeTo(Writer out) throws IOException {
    for (int c = 0; c < header.size(); c++) {
      out.append(c == 0 ? "" : ",").append(quoted(header.get(c)));
    }
    out.append('\n');
    for (int i = 0; i < names.size(); i++) {
      out.append(quoted(names.get(i)));
      for (int j = 0; j < numbers.cols(); j++) {
        double value = numbers.at(i, j);
        out.append(',').append(Double.isFinite(value) ? Double.toString(value) : "");
      }
      out.append('\n');
    }
  }

  private static String quoted(String cell) {
    boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
