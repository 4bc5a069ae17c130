package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

/** What a table says of each of some things: its name, and numbers by column. */
final class Columns<T> {
  private final List<String> header = new ArrayList<>();
  private final List<ToDoubleFunction<T>> numbers = new ArrayList<>();
  private final Function<T, String> name;

  /** With the first column, of names. */
  Columns(String header, Function<T, String> name) {
    this.header.add(header);
    this.name = name;
  }

  /** With one more column; its header and numbers come behind the others. */
  Columns<T> with(String next, ToDoubleFunction<T> number) {
    header.add(next);
    numbers.add(number);
    return this;
  }

  /** The table of these things, a row each. */
  CsvFile of(String file, List<T> things) {
    double[] all =
        things.stream()
            .flatMapToDouble(thing -> numbers.stream().mapToDouble(n -> n.applyAsDouble(thing)))
            .toArray();
    return new CsvFile(
        file,
        header,
        things.stream().map(name).toList(),
        Matrix.adopting(things.size(), numbers.size(), all));
  }
}
