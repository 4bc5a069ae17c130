package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** What a run of lines, a partition or all of a source holds: sizes, labels, bad rows. */
final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int EXAMPLES = 5;
  private static final int COLUMNS = 100;
  private static final int LETTERS = 60;

  /** Of rows; one more is kept, so that it is known that there are more. */
  static final int MOST_NAMES = 1_000;

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
  private Origin largestAt;
  private final TreeMap<String, Long> names = new TreeMap<>();
  private final TreeMap<String, Long> textRows = new TreeMap<>();

  /** Of nothing yet. */
  Survey(Origin origin) {
    this.origin = origin;
    this.largestAt = origin;
  }

  /** That of a partition or a source: its parts' one after the other. */
  static Survey of(Iterator<Survey> all) {
    Survey first = all.hasNext() ? all.next() : new Survey(Origin.NONE);
    Survey whole = new Survey(first.origin);
    whole.append(first);
    all.forEachRemaining(whole::append);
    return whole;
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
      faults.add(new Fault(origin.after(lines), shown(row), bad.getMessage()));
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
    addLabel(label, origin, lines);
    width = Math.max(width, rows.lastWidth());
    nonZeros += rows.lastNonZeros();
    rows.lastName().filter(name -> !name.equals(Run.NAMELESS)).ifPresent(name -> addName(name, 1));
  }

  private void addName(String name, long rows) {
    if (names.size() <= MOST_NAMES || names.containsKey(name)) {
      names.merge(name, rows, Long::sum);
    }
  }

  private void addLabel(double label, Origin at, long before) {
    if (label > largestLabel) {
      largestLabel = label;
      largestAt = at.after(before);
    }
  }

  /** What follows in the same file, or begins another one. */
  private void append(Survey next) {
    long before = next.origin.isStart() ? 0 : lines;
    for (Fault fault : next.faults) {
      if (faults.size() < EXAMPLES) {
        faults.add(new Fault(fault.place.after(before), fault.start, fault.objection));
      }
    }
    addLabel(next.largestLabel, next.largestAt, before);
    lines = before + next.lines;
    fingerprint.append(next.fingerprint);
    badRows += next.badRows;
    width = Math.max(width, next.width);
    nonZeros += next.nonZeros;
    sparse |= next.sparse;
    minusOne |= next.minusOne;
    zero |= next.zero;
    next.names.forEach(this::addName);
    next.textRows.forEach(this::addText);
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

  /** The first bad rows, each by file, line and what is wrong. */
  List<String> faults() {
    return faults.stream().map(fault -> fault.place + ": " + fault.objection).toList();
  }

  /** How the first bad row begins. */
  String firstBadRow() {
    return faults.get(0).start;
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

  /** Where it is. */
  String placeOfLargestLabel() {
    return largestAt.toString();
  }

  /** The names of rows, whole numbers first, in their order. */
  List<String> names() {
    return inOrder(names.keySet());
  }

  /** Whole numbers first. */
  static List<String> inOrder(Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparing(Survey::number).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static double number(String name) {
    try {
      return Cell.number(name);
    } catch (BadCell text) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** The columns of labels and features that have text in every row, of the first with any. */
  List<String> textColumns() {
    return textRows.keySet().stream().filter(column -> textRows.get(column) == rows()).toList();
  }

  /** A bad row: where it is, how it begins, and what is wrong. */
  private static final class Fault implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Origin place;
    private final String start;
    private final String objection;

    Fault(Origin place, String start, String objection) {
      this.place = place;
      this.start = start;
      this.objection = objection;
    }
  }
}
