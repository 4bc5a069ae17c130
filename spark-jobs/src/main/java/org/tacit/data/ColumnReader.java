package org.tacit.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Reads a row of columns, of which each has one place and one part: label, weight and offset where
 * there are any, keys, the name of a row and features, in this order.
 */
final class ColumnReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int label;
  private final int weight;
  private final int offset;
  private final int[] keys;
  private final int name;
  private final boolean mayLackNames;
  private final int[] features;
  private final LabelRule labels;
  private final FeatureRange range;

  /**
   * The reader of these places of what {@code columns} names.
   *
   * @param marks the places of label, weight and offset where there are any, keys, and the name
   */
  ColumnReader(int[] marks, int[] features, Columns columns, Capacity capacity) {
    int next = 0;
    this.label = marks[next++];
    this.weight = columns.weight().isPresent() ? marks[next++] : -1;
    this.offset = columns.offset().isPresent() ? marks[next++] : -1;
    int afterKeys = next + columns.keys().size();
    this.keys = Arrays.copyOfRange(marks, next, afterKeys);
    this.name = columns.names().isPresent() ? marks[afterKeys] : -1;
    this.mayLackNames = columns.mayLackNames();
    this.features = features;
    this.labels = new LabelRule(columns, capacity);
    this.range = new FeatureRange(columns);
  }

  /** The cells of a source's rows. */
  interface Cells<T> {
    /** The number in the cell at this place. */
    double number(T row, int at) throws BadCell;

    /** The name in the cell at this place. */
    String name(T row, int at) throws BadCell;

    /** Whether the cell at this place is empty. */
    boolean isMissing(T row, int at);

    /** Adds the features in the cell at this place. */
    default void addTo(RunBuilder rows, FeatureRange range, T row, int at) throws BadCell {
      rows.add(range.checked(number(row, at)));
    }

    /** What messages call the column at this place. */
    String column(int at);
  }

  private <T> double label(T row, Cells<T> cells) throws BadCell {
    try {
      return cells.number(row, label);
    } catch (BadCell unread) {
      throw labels.explained(unread);
    }
  }

  /** Begins a row of {@code rows}, and adds its features. */
  <T> void read(T row, Cells<T> cells, RunBuilder rows) throws BadCell {
    int at = label;
    try {
      double y = labels.checked(label(row, cells));
      double w = 1;
      if (weight >= 0) {
        at = weight;
        w = Cell.weight(cells.number(row, at));
      }
      double shift = 0;
      if (offset >= 0) {
        at = offset;
        shift = cells.number(row, at);
      }
      int[] found = new int[keys.length];
      for (int k = 0; k < found.length; k++) {
        at = keys[k];
        found[k] = Cell.key(cells.number(row, at));
      }
      rows.begin(y, w, shift, found);
      if (name >= 0) {
        at = name;
        boolean isNameless = mayLackNames && cells.isMissing(row, at);
        rows.name(isNameless ? Run.NAMELESS : cells.name(row, at));
      }
      for (int feature : features) {
        at = feature;
        cells.addTo(rows, range, row, at);
      }
    } catch (BadCell bad) {
      throw bad.in(cells.column(at));
    }
  }
}
