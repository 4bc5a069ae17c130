package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** What one partition of a source holds: sizes, the set of labels, bad rows. */
final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int EXAMPLES = 5;

  private long lines;
  private long rows;
  private long badRows;
  private final ArrayList<Fault> faults = new ArrayList<>();
  private int width;
  private long nonZeros;
  private boolean sparse;
  private boolean minusOne;
  private boolean zero;
  private double largestLabel;

  /** The survey of one partition, parsed for this alone. */
  static <T> Iterator<Survey> of(Iterator<T> raw, RowParser<T> parser) {
    Survey survey = new Survey();
    raw.forEachRemaining(line -> survey.add(line, parser));
    return Collections.singletonList(survey).iterator();
  }

  private <T> void add(T line, RowParser<T> parser) {
    if (parser.isRow(line)) {
      try {
        add(parser.parse(line));
      } catch (BadCell bad) {
        badRows++;
        if (faults.size() < EXAMPLES) {
          faults.add(new Fault(lines, rows, bad.getMessage()));
        }
      }
      rows++;
    }
    lines++;
  }

  private void add(Example example) {
    sparse |= example.isSparse();
    minusOne |= example.label() == -1;
    zero |= example.label() == 0;
    largestLabel = Math.max(largestLabel, example.label());
    if (example.size() > 0) {
      width = Math.max(width, example.index(example.size() - 1) + 1);
    }
    for (int i = 0; i < example.size(); i++) {
      if (example.value(i) != 0) {
        nonZeros++;
      }
    }
  }

  /** Lines, blank ones included. */
  long lines() {
    return lines;
  }

  /** Rows, bad ones included. */
  long rows() {
    return rows;
  }

  long badRows() {
    return badRows;
  }

  /** The first bad rows. */
  List<Fault> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** The largest feature index plus one. */
  int width() {
    return width;
  }

  long nonZeros() {
    return nonZeros;
  }

  boolean hasSparseRows() {
    return sparse;
  }

  boolean hasMinusOne() {
    return minusOne;
  }

  boolean hasZero() {
    return zero;
  }

  double largestLabel() {
    return largestLabel;
  }

  /** A bad row: its line and its row, both counted from 0 in the partition, and what is wrong. */
  static final class Fault implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final long row;
    private final String objection;

    Fault(long line, long row, String objection) {
      this.line = line;
      this.row = row;
      this.objection = objection;
    }

    long line() {
      return line;
    }

    long row() {
      return row;
    }

    String objection() {
      return objection;
    }
  }
}
