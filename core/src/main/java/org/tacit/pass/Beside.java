package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The row values that a pass reads, each once, and where their columns are in its blocks. */
final class Beside {
  private final List<RowValues> all = new ArrayList<>();
  private final Map<RowValues, int[]> columns = new HashMap<>();
  private int next;

  /** {@code first} is the position after the table's own columns. */
  Beside(int first) {
    this.next = first;
  }

  /** The columns of these values, one after another. */
  int[] columns(List<RowValues> several) {
    return several.stream().flatMapToInt(each -> Arrays.stream(columns(each))).toArray();
  }

  /** A column for each instance that has its own. */
  private int[] columns(RowValues values) {
    return columns.computeIfAbsent(
        values,
        added -> {
          all.add(added);
          int first = next;
          next += added.groups();
          return IntStream.range(first, next).toArray();
        });
  }

  List<RowValues> all() {
    return List.copyOf(all);
  }
}
