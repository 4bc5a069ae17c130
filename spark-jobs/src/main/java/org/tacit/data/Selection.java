package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The rows of a source that are in one part, and how they are laid out in blocks. */
final class Selection implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Split split;
  private final Part part;
  private final TableForm form;
  private final long[] firstRows;
  private final Fingerprint[] seen;

  Selection(Surveyed source, Split split, Part part, TableForm form) {
    this.split = split;
    this.part = part;
    this.form = form;
    this.seen = source.partitions().toArray(new Fingerprint[0]);
    this.firstRows = source.firstRows();
  }

  Part part() {
    return part;
  }

  TableForm form() {
    return form;
  }

  BlockLayout layout() {
    return form.layout();
  }

  /** The runs of equal length that rows are spread over. */
  RowRanges ranges() {
    long rows = Arrays.stream(seen).mapToLong(Fingerprint::rows).sum();
    return new RowRanges(form.reading().partitions(), rows);
  }

  /**
   * The rows wanted of a partition, under their numbers in the source. Its rows, wanted or not,
   * must be those that the survey saw.
   */
  Iterator<Run> of(int partition, Iterator<Run> runs) {
    Fingerprint now = new Fingerprint();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (!runs.hasNext()) {
          now.require(partition, seen[partition]);
        }
        return runs.hasNext();
      }

      @Override
      public Run next() {
        Run run = runs.next();
        now.append(run.survey().fingerprint());
        return chosen(run, firstRows[partition]);
      }
    };
  }

  private Run chosen(Run run, long firstRow) {
    if (!form.isSpread() && split.isWhole() && !layout().hasRowNumbers()) {
      return run;
    }
    RunBuilder chosen = new RunBuilder();
    for (int r = 0; r < run.rows(); r++) {
      long row = firstRow + run.number(r);
      if (split.isIn(part, row) && (part == Part.TEST || !run.isNameless(r))) {
        chosen.add(row, run, r);
      }
    }
    return new Run(run.survey(), chosen);
  }

  /** Runs one after the other in as few as hold them: their lengths depend on the rows alone. */
  static List<Run> together(Iterator<Run> runs) {
    List<Run> joined = new ArrayList<>();
    RunBuilder rows = new RunBuilder();
    Survey none = new Survey(Origin.NONE);
    while (runs.hasNext()) {
      Run run = runs.next();
      for (int r = 0; r < run.rows(); r++) {
        rows.add(run.number(r), run, r);
        if (rows.isFull()) {
          joined.add(new Run(none, rows));
          rows = new RunBuilder();
        }
      }
    }
    joined.add(new Run(none, rows));
    return joined;
  }
}
