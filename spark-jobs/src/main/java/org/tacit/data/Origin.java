package org.tacit.data;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * A line or row as messages call it, counted from the beginning of its partition until those before
 * it in the file are known: the file, and its line 17 or row 17.
 */
final class Origin implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no row. */
  static final Origin NONE = ofRows("", true);

  private final String name;
  private final String unit;
  private final long line;
  private final boolean isStart;

  private Origin(String name, String unit, long line, boolean isStart) {
    this.name = name;
    this.unit = unit;
    this.line = line;
    this.isStart = isStart;
  }

  /** The first line of a text file, or of a partition of one: people count them from 1. */
  static Origin ofText(String path, boolean isStart) {
    return new Origin(new Path(path).getName(), "line", 1, isStart);
  }

  static Origin ofRows(String name, boolean isStart) {
    return new Origin(name, "row", 0, isStart);
  }

  /** Whether it is the first of its file. */
  boolean isStart() {
    return isStart;
  }

  /** So many lines on. */
  Origin after(long lines) {
    return new Origin(name, unit, line + lines, false);
  }

  @Override
  public String toString() {
    return name + " " + unit + " " + line;
  }
}
