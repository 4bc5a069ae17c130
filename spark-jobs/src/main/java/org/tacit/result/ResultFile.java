package org.tacit.result;

import java.io.IOException;
import java.io.OutputStream;

/** A file beside a result's JSON. */
public interface ResultFile {
  /** Its name, with the ending that says what it is. */
  String name();

  /** Writes all of it, and leaves the stream open. */
  void writeTo(OutputStream out) throws IOException;
}
