package org.tacit.data;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.tacit.pass.Table;

/**
 * What the tables of one reading have in common, and how the table of one part is made: the same
 * blocks in the same partitions on either engine.
 *
 * @param bytes of the blocks of all of them
 */
record TableForm(BlockLayout layout, Reading reading, long bytes) implements Serializable {
  /** Whether passes over them run in process. */
  boolean isInProcess() {
    return reading.engine().isInProcess(bytes);
  }

  /** Whether rows are spread over so many partitions as were asked for. */
  boolean isSpread() {
    return reading.partitions() > 0;
  }

  /** The table of a part and the labels in it. */
  record Made(Table table, LabelSet labels) {}

  Made table(Surveyed source, Split split, Part part) {
    if (isInProcess()) {
      requireRoom();
    }
    KeptRows.Filled filled = source.source().rows().table(new Selection(source, split, part, this));
    LabelSet labels = filled.seen().labels();
    try {
      require(filled.table(), labels, source, part);
      filled
          .seen()
          .lost()
          .ifPresent(
              lost -> {
                throw lost(lost, source, part);
              });
      return new Made(filled.table(), labels);
    } catch (DataException empty) {
      filled.table().close();
      throw empty;
    }
  }

  private void requireRoom() {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new DataException(
          "engine",
          String.format(
              Locale.ROOT,
              "Too large for engine = in-process: %,d MB of rows (must be less than the heap of"
                  + " %,d MB; set engine = spark, or raise TACIT_MEMORY)",
              bytes >> 20,
              heap >> 20));
    }
  }

  private static void require(Table table, LabelSet labels, Surveyed source, Part part) {
    if (table.rowCount() == 0) {
      throw new DataException(
          "data.split",
          "Empty "
              + part
              + " part: 0 of "
              + source.survey().rows()
              + " rows (must have one or more)");
    }
    if (labels.largestWeight() == 0) {
      throw new DataException(
          "data.weight",
          String.format(
              "Invalid weights: all %s of the %s rows are 0 (must be > 0 in some row; leave out"
                  + " data.weight to weigh all alike)",
              table.rowCount(), part));
    }
    if (Double.isInfinite(labels.largestWeight() * table.rowCount())) {
      throw new DataException(
          "data.weight",
          String.format(
              "Invalid weights: up to %s in the %s rows, so that their sum overflows (must be"
                  + " <= 1e300; divide them all)",
              labels.largestWeight(), part));
    }
  }

  private static DataException lost(FloatLoss.Lost lost, Surveyed source, Part part) {
    List<String> names = source.source().featureNames();
    boolean isTiny = lost.size() < 1e-30;
    return new DataException(
        "data.storage",
        String.format(
            Locale.ROOT,
            "Invalid data.storage: float for column %s: its %s values are up to %.6g in size and span"
                + " %.6g, where 32-bit floats err by %.3g (must err by at most a thousandth of that;"
                + " set data.storage = double, or %s)",
            names.isEmpty() ? Integer.toString(lost.column() + 1) : names.get(lost.column()),
            part,
            lost.size(),
            lost.span(),
            lost.error(),
            isTiny ? "a larger data.scale" : "subtract a constant from the column at its source"));
  }
}
