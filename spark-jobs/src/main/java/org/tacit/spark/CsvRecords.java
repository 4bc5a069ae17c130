package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The records of one partition of a CSV file. The header becomes a blank one, so that lines keep
 * their numbers: it is the first record with content of the partition that begins the file, or the
 * one at {@code headerAt}, should all before it be blank.
 */
final class CsvRecords implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> header;
  private final String file;
  private final CsvForm form;
  private final long headerAt;

  /** With {@code headerAt} = -1, the header is looked for where the file begins. */
  CsvRecords(List<String> header, String file, CsvForm form, long headerAt) {
    this.header = new ArrayList<>(header);
    this.file = file;
    this.form = form;
    this.headerAt = headerAt;
  }

  Iterator<String> of(Iterator<TextLine> lines) {
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
            record.offset() == headerAt
                || (isBeforeHeader && CsvLine.hasContent(record.text(), form.separator()));
        if (!isHeader) {
          return record.text();
        }
        isBeforeHeader = false;
        requireHeader(record.text());
        return record.text().replaceAll("[^\n]", "");
      }
    };
  }

  private void requireHeader(String line) {
    List<String> found = CsvHeader.names(line, form);
    if (!found.equals(header)) {
      throw new DataException(
          "data",
          "Invalid header of "
              + file
              + ": ["
              + ColumnNames.shown(found)
              + "] (must be ["
              + ColumnNames.shown(header)
              + "], as in the first file)");
    }
  }
}
