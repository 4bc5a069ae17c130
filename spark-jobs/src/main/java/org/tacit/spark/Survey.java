package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one partition of a source holds: sizes, the set of labels, bad rows. */
final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int EXAMPLES = 5;
  private static final int COLUMNS = 100;
  private static final int LETTERS = 60;

  private long lines;
  private long rows;
  private long fingerprint;
  private long badRows;
  private final ArrayList<Fault> faults = new ArrayList<>();
  private int width;
  private long nonZeros;
  private boolean sparse;
  private boolean minusOne;
  private boolean zero;
  private double largestLabel;
  private long largestLabelLine;
  private final TreeMap<String, Long> textRows = new TreeMap<>();

  /** The survey of one partition, parsed for this alone. */
  static <T> Iterator<Survey> of(Iterator<T> raw, RowParser<T> parser) {
    Survey survey = new Survey();
    Fingerprint seen = new Fingerprint();
    raw.forEachRemaining(line -> survey.add(line, parser, seen));
    survey.rows = seen.rows();
    survey.fingerprint = seen.hash();
    return Collections.singletonList(survey).iterator();
  }

  private <T> void add(T line, RowParser<T> parser, Fingerprint seen) {
    if (parser.isRow(line)) {
      seen.add(parser.fingerprint(line));
      try {
        add(parser.parse(line));
      } catch (BadCell bad) {
        badRows++;
        if (faults.size() < EXAMPLES) {
          faults.add(new Fault(lines, shown(line), bad.getMessage()));
        }
        for (String column : parser.textColumns(line)) {
          if (textRows.size() < COLUMNS || textRows.containsKey(column)) {
            textRows.merge(column, 1L, Long::sum);
          }
        }
      }
    }
    lines += parser.lines(line);
  }

  private static String shown(Object line) {
    String text = line.toString().strip().replace('\n', ' ');
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS) + "...";
  }

  private void add(Example example) {
    sparse |= example.isSparse();
    minusOne |= example.label() == -1;
    zero |= example.label() == 0;
    if (example.label() > largestLabel) {
      largestLabel = example.label();
      largestLabelLine = lines;
    }
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

  /** The {@link Fingerprint} of its rows. */
  long fingerprint() {
    return fingerprint;
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

  /** The line that has it. */
  long largestLabelLine() {
    return largestLabelLine;
  }

  /** In how many bad rows a column has text, of the first columns that have any. */
  Map<String, Long> textRows() {
    return Collections.unmodifiableMap(textRows);
  }

  /** A bad row: its line, counted from 0 in the partition, how it begins, and what is wrong. */
  static final class Fault implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final String start;
    private final String objection;

    Fault(long line, String start, String objection) {
      this.line = line;
      this.start = start;
      this.objection = objection;
    }

    long line() {
      return line;
    }

    String start() {
      return start;
    }

    String objection() {
      return objection;
    }
  }
}
