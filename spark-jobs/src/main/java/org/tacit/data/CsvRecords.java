package org.tacit.data;

import java.util.Iterator;
import java.util.List;

/**
 * The records of one partition of a CSV file. The header becomes a blank one, so that lines keep
 * their numbers: it is the first record with content of the partition that begins the file, or the
 * one that was found, should all before it be blank.
 *
 * @param header as it stands in one of the files
 */
record CsvRecords(List<String> header, CsvForm form, String headerFile, long headerAt)
    implements TextSource.Records {
  CsvRecords {
    header = List.copyOf(header);
  }

  @Override
  public Iterator<String> of(String file, Iterator<TextLine> lines) {
    long knownAt = file.equals(headerFile) ? headerAt : -1;
    Iterator<TextLine> records =
        form.isMultiline() ? new QuotedRecords(lines, form.separator()) : lines;
    return new Iterator<>() {
      private boolean isBeforeHeader;

      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public String next() {
        TextLine record = records.next();
        isBeforeHeader |= record.offset() == 0;
        boolean isHeader =
            record.offset() == knownAt
                || (isBeforeHeader && CsvLine.hasContent(record.text(), form.separator()));
        if (!isHeader) {
          return record.text();
        }
        isBeforeHeader = false;
        requireHeader(file, record.text());
        return record.text().replaceAll("[^\n]", "");
      }
    };
  }

  private void requireHeader(String file, String line) {
    List<String> found = CsvHeader.names(line, form);
    if (!found.equals(header)) {
      throw new DataException(
          "data",
          "Invalid header of %s: [%s] (must be [%s], as in the first file)"
              .formatted(file, ColumnNames.shown(found), ColumnNames.shown(header)));
    }
  }
}
