package org.tacit.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Opens CSV files with a header: the same in each file of a folder. */
final class CsvFiles {
  private CsvFiles() {}

  static TextSource open(
      Configuration hadoop, Source.Csv source, Columns columns, Capacity capacity) {
    CsvForm form = source.form();
    List<String> files = DataFiles.of(hadoop, source.name());
    new FileForm(hadoop).requireCsv(files);
    int first = 0;
    Optional<TextLine> found = firstRecord(hadoop, files.get(0), form);
    while (found.isEmpty() && ++first < files.size()) {
      found = firstRecord(hadoop, files.get(first), form);
    }
    if (found.isEmpty()) {
      throw new DataException("data", "Empty file: " + files.get(0) + " (must have a header)");
    }
    String file = files.get(first);
    CsvHeader header = CsvHeader.of(file, found.get().text(), form);
    capacity.require("data", "columns in " + file, header.names().size(), 1);
    header.require("data.label", columns.label(), form);
    header.requireNamesOnce();
    Columns named = columns.withFeatures(ColumnNames.features(columns, header.names()));
    return new TextSource(
        files,
        form.isMultiline(),
        new CsvRecords(header.names(), form, file, found.get().offset()),
        new CsvParser(header, named, form, capacity),
        named.features());
  }

  /** The first record of a file that has content. */
  private static Optional<TextLine> firstRecord(Configuration hadoop, String file, CsvForm form) {
    try (FileLines lines = FileLines.of(hadoop, file)) {
      Iterator<TextLine> records =
          form.isMultiline() ? new QuotedRecords(lines, form.separator()) : lines;
      while (records.hasNext()) {
        TextLine record = records.next();
        if (CsvLine.hasContent(record.text(), form.separator())) {
          return Optional.of(record);
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
