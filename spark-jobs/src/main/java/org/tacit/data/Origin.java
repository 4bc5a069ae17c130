package org.tacit.data;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/** What the rows of a partition are called in messages: the file, and its line 17 or row 17. */
final class Origin implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String unit;
  private final int firstLine;
  private final boolean isStart;

  private Origin(String name, String unit, int firstLine, boolean isStart) {
    this.name = name;
    this.unit = unit;
    this.firstLine = firstLine;
    this.isStart = isStart;
  }

  /** Lines of a text file, which people count from 1. */
  static Origin ofText(String path, boolean isStart) {
    return new Origin(new Path(path).getName(), "line", 1, isStart);
  }

  static Origin ofRows(String name, boolean isStart) {
    return new Origin(name, "row", 0, isStart);
  }

  /** Whether the partition is the first of its file. */
  boolean isStart() {
    return isStart;
  }

  /** The place of a line counted from 0 in the file. */
  String place(long line) {
    return name + " " + unit + " " + (firstLine + line);
  }
}
