package org.tacit.data;

import java.util.List;
import org.tacit.pass.Table;

/**
 * The rows of an opened source: parsed once, by the survey, and kept until every table is made of
 * them.
 */
interface KeptRows {
  /** Reads and parses everything; what each partition holds. */
  List<Survey> survey();

  /** The names of the rows, which were surveyed before, that are fitted. */
  FittedNames fittedNames(Split split, long[] firstRows);

  /** The table of the rows selected, which were surveyed before. */
  Filled table(Selection selection);

  /** Whether the rows are in this JVM, without Spark. */
  boolean isLocal();

  /** Lets go of the rows. */
  void release();

  /** A table, and what was seen of its rows. */
  record Filled(Table table, PartSeen seen) {}
}
