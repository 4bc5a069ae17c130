package org.tacit.data;

import java.util.Iterator;

/** Lines put together where a quoted cell goes on in the next one. */
record QuotedRecords(Iterator<TextLine> lines, char separator) implements Iterator<TextLine> {
  private static final int LONGEST = 16 << 20;

  @Override
  public boolean hasNext() {
    return lines.hasNext();
  }

  @Override
  public TextLine next() {
    TextLine first = lines.next();
    boolean isOpen = CsvLine.endsInQuotes(first.text(), separator, false);
    if (!isOpen) {
      return first;
    }
    StringBuilder record = new StringBuilder(first.text());
    while (isOpen && lines.hasNext() && record.length() < LONGEST) {
      String line = lines.next().text();
      record.append('\n').append(line);
      isOpen = CsvLine.endsInQuotes(line, separator, true);
    }
    return new TextLine(first.offset(), record.toString());
  }
}
