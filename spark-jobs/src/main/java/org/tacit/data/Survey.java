package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run of lines, or a whole partition, holds: sizes, the set of labels, bad rows. */
final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int EXAMPLES = 5;
  private static final int COLUMNS = 100;
  private static final int LETTERS = 60;

  private final Origin origin;
  private final Fingerprint fingerprint = new Fingerprint();
  private long lines;
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

  /** Of nothing yet. */
  Survey(Origin origin) {
    this.origin = origin;
  }

  /** That of a partition, of one run or more: theirs one after the other. */
  static Survey of(Iterator<Run> runs) {
    Survey whole = new Survey(runs.next().survey());
    runs.forEachRemaining(run -> whole.append(run.survey()));
    return whole;
  }

  private Survey(Survey first) {
    this(first.origin);
    append(first);
  }

  /** A row, good or bad. */
  void see(int row) {
    fingerprint.add(row);
  }

  /** The lines of a record that is dealt with. */
  void pass(long more) {
    lines += more;
  }

  void add(BadCell bad, String row, List<String> textColumns) {
    badRows++;
    if (faults.size() < EXAMPLES) {
      faults.add(new Fault(lines, shown(row), bad.getMessage()));
    }
    textColumns.forEach(column -> addText(column, 1));
  }

  private void addText(String column, long rows) {
    if (textRows.size() < COLUMNS || textRows.containsKey(column)) {
      textRows.merge(column, rows, Long::sum);
    }
  }

  private static String shown(String row) {
    String text = row.strip().replace('\n', ' ');
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS) + "...";
  }

  /** The row that ended last. */
  void add(RunBuilder rows) {
    double label = rows.lastLabel();
    sparse |= rows.isLastSparse();
    minusOne |= label == -1;
    zero |= label == 0;
    addLabel(label, lines);
    width = Math.max(width, rows.lastWidth());
    nonZeros += rows.lastNonZeros();
  }

  private void addLabel(double label, long line) {
    if (label > largestLabel) {
      largestLabel = label;
      largestLabelLine = line;
    }
  }

  private void append(Survey next) {
    for (Fault fault : next.faults) {
      if (faults.size() < EXAMPLES) {
        faults.add(new Fault(lines + fault.line, fault.start, fault.objection));
      }
    }
    addLabel(next.largestLabel, lines + next.largestLabelLine);
    fingerprint.append(next.fingerprint);
    lines += next.lines;
    badRows += next.badRows;
    width = Math.max(width, next.width);
    nonZeros += next.nonZeros;
    sparse |= next.sparse;
    minusOne |= next.minusOne;
    zero |= next.zero;
    next.textRows.forEach(this::addText);
  }

  Origin origin() {
    return origin;
  }

  /** Lines, blank ones included. */
  long lines() {
    return lines;
  }

  /** Rows, bad ones included. */
  long rows() {
    return fingerprint.rows();
  }

  Fingerprint fingerprint() {
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

  /** A bad row: its line, counted from 0, how it begins, and what is wrong. */
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
