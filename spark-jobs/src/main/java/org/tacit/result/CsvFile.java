package org.tacit.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * A list of a result as a CSV file: a row of {@code numbers} behind each name. A number that is not
 * finite is an empty cell.
 */
public record CsvFile(String name, List<String> header, List<String> names, Matrix numbers)
    implements ResultFile {
  public CsvFile {
    header = List.copyOf(header);
    names = List.copyOf(names);
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    out.append(String.join(",", header.stream().map(CsvTable::quoted).toList())).append('\n');
    for (int i = 0; i < names.size(); i++) {
      out.append(CsvTable.quoted(names.get(i)));
      for (int j = 0; j < numbers.cols(); j++) {
        out.append(',').append(CsvTable.cell(numbers.at(i, j)));
      }
      out.append('\n');
    }
    out.flush();
  }
}
