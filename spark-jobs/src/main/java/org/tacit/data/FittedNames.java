package org.tacit.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * The names of the rows that are fitted, of a source some of whose rows only test: those may have
 * names of their own, or none.
 */
final class FittedNames implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> names = new TreeSet<>();
  private long nameless;
  private long firstNameless = Long.MAX_VALUE;

  /** Of a partition whose first row has this number. */
  static FittedNames of(Split split, long firstRow, Iterator<Run> runs) {
    FittedNames seen = new FittedNames();
    while (runs.hasNext()) {
      Run run = runs.next();
      for (int r = 0; r < run.rows(); r++) {
        long row = firstRow + run.number(r);
        if (split.isIn(Part.TRAIN, row) || split.isIn(Part.VALIDATION, row)) {
          seen.add(row, run, r);
        }
      }
    }
    return seen;
  }

  /** Those of all partitions. */
  static FittedNames of(List<FittedNames> partitions) {
    FittedNames all = new FittedNames();
    for (FittedNames part : partitions) {
      part.names.forEach(all::add);
      all.nameless += part.nameless;
      all.firstNameless = Math.min(all.firstNameless, part.firstNameless);
    }
    return all;
  }

  private void add(long row, Run run, int r) {
    if (run.isNameless(r)) {
      nameless++;
      firstNameless = Math.min(firstNameless, row);
    } else {
      run.name(r).ifPresent(this::add);
    }
  }

  /** One more than are allowed is kept, so that it is known that there are more. */
  private void add(String name) {
    if (names.size() <= Survey.MOST_NAMES) {
      names.add(name);
    }
  }

  /** Whole numbers first, in their order. */
  List<String> names() {
    return Survey.inOrder(names);
  }

  /** How many rows that are fitted have none. */
  long nameless() {
    return nameless;
  }

  /** The number of the first of them. */
  long firstNameless() {
    return firstNameless;
  }
}
