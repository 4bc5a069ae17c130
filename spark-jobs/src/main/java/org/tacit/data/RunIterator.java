package org.tacit.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of a partition, each parsed once: one run or more, whose surveys tell of every line. */
final class RunIterator<T> implements Iterator<Run> {
  private final Iterator<T> raw;
  private final RowParser<T> parser;
  private Origin origin;
  private RunBuilder rows = new RunBuilder();
  private boolean hasBegun;
  private long row;

  RunIterator(Iterator<T> raw, RowParser<T> parser, Origin origin) {
    this.raw = raw;
    this.parser = parser;
    this.origin = origin;
  }

  @Override
  public boolean hasNext() {
    return !hasBegun || raw.hasNext();
  }

  @Override
  public Run next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    hasBegun = true;
    Survey survey = new Survey(origin);
    origin = origin.after(0);
    rows = rows.next();
    while (!rows.isFull() && raw.hasNext()) {
      T record = raw.next();
      if (parser.isRow(record)) {
        read(record, survey);
        row++;
      }
      survey.pass(parser.lines(record));
    }
    return new Run(survey, rows);
  }

  private void read(T record, Survey survey) {
    survey.see(parser.fingerprint(record));
    try {
      parser.parse(record, rows);
      rows.end(row);
      survey.add(rows);
    } catch (BadCell bad) {
      survey.add(bad, parser.shown(record), parser.textColumns(record));
    }
  }
}
