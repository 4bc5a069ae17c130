package org.tacit.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import scala.Tuple2;

/** The good rows among those wanted, with their numbers; bad ones were counted by the survey. */
final class ExampleIterator<T> implements Iterator<Tuple2<Long, Example>> {
  private final Iterator<T> raw;
  private final RowParser<T> parser;
  private final LongPredicate wanted;
  private final Consumer<Fingerprint> atEnd;
  private final Fingerprint seen = new Fingerprint();
  private long row;
  private Optional<Tuple2<Long, Example>> ahead = Optional.empty();

  /** Of all rows read, wanted or not, {@code atEnd} is told the fingerprint. */
  ExampleIterator(
      Iterator<T> raw,
      RowParser<T> parser,
      LongPredicate wanted,
      long firstRow,
      Consumer<Fingerprint> atEnd) {
    this.raw = raw;
    this.parser = parser;
    this.wanted = wanted;
    this.atEnd = atEnd;
    this.row = firstRow;
  }

  @Override
  public boolean hasNext() {
    while (ahead.isEmpty() && raw.hasNext()) {
      T next = raw.next();
      if (parser.isRow(next)) {
        seen.add(parser.fingerprint(next));
        if (wanted.test(row)) {
          ahead = parsed(next);
        }
        row++;
      }
    }
    if (ahead.isEmpty()) {
      atEnd.accept(seen);
    }
    return ahead.isPresent();
  }

  private Optional<Tuple2<Long, Example>> parsed(T next) {
    try {
      return Optional.of(new Tuple2<>(row, parser.parse(next)));
    } catch (BadCell dropped) {
      return Optional.empty();
    }
  }

  @Override
  public Tuple2<Long, Example> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple2<Long, Example> next = ahead.orElseThrow();
    ahead = Optional.empty();
    return next;
  }
}
