package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Runs of row numbers of equal length, so that rows are spread evenly and keep their order. */
record RowRanges(int count, long rows) implements Serializable {
  int of(long row) {
    return (int) (row * count / rows);
  }

  /** A run cut where ranges end; no piece is empty. */
  List<Run> cut(Run run) {
    List<Run> pieces = new ArrayList<>();
    for (int from = 0, to; from < run.rows(); from = to) {
      RunBuilder piece = new RunBuilder();
      int range = of(run.number(from));
      for (to = from; to < run.rows() && of(run.number(to)) == range; to++) {
        piece.add(run.number(to), run, to);
      }
      pieces.add(new Run(run.survey(), piece));
    }
    return pieces;
  }
}
