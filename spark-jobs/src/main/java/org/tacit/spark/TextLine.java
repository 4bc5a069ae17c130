package org.tacit.spark;

import java.io.Serializable;

/** A line of a text file, and where it starts in that file. */
final class TextLine implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String text;

  TextLine(long offset, String text) {
    this.offset = offset;
    this.text = text;
  }

  long offset() {
    return offset;
  }

  String text() {
    return text;
  }
}
