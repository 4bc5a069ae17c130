package org.tacit.spark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.AccumulatorV2;
import org.tacit.matrix.Block;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import scala.Tuple2;

/** Makes the table of one part: the same blocks in the same partitions on either engine. */
final class PartTable {
  /** Up to here all partitions come to the driver in one job, beyond one by one. */
  private static final long COLLECTED_AT_ONCE = 256L << 20;

  private final JavaSparkContext context;
  private final BlockLayout layout;
  private final Reading reading;
  private final long bytes;

  /** {@code bytes} are those of all parts. */
  PartTable(JavaSparkContext context, BlockLayout layout, Reading reading, long bytes) {
    this.context = context;
    this.layout = layout;
    this.reading = reading;
    this.bytes = bytes;
  }

  /** The table of a part and the labels in it. */
  record Made(Table table, LabelSet labels) {}

  Made of(Surveyed<?> source, Split split, Part part) {
    LabelsSeen seen = new LabelsSeen(layout.hasClasses());
    context.sc().register(seen);
    Optional<FloatLoss> loss = layout.floatLoss();
    loss.ifPresent(context.sc()::register);
    BlockLayout blockLayout = layout;
    JavaRDD<Block> blocks =
        told(told(examples(source, split, part), Optional.of(seen)), loss)
            .mapPartitions(blockLayout::blocks, true);
    Table table =
        reading.engine().isInProcess(bytes)
            ? inProcess(blocks, part)
            : SparkTable.of(layout.schema(), blocks.setName("tacit " + part));
    try {
      require(table, seen.value(), source, part);
      loss.flatMap(FloatLoss::value)
          .ifPresent(
              lost -> {
                throw lost(lost, source, part);
              });
      return new Made(table, seen.value());
    } catch (DataException empty) {
      table.close();
      throw empty;
    }
  }

  private static void require(Table table, LabelSet labels, Surveyed<?> source, Part part) {
    if (table.rowCount() == 0) {
      throw new DataException(
          "data.split",
          "Empty " + part + " part: 0 of " + source.rows() + " rows (must have one or more)");
    }
    if (labels.largestWeight() == 0) {
      throw new DataException(
          "data.weight",
          "Invalid weights: all "
              + table.rowCount()
              + " of the "
              + part
              + " rows are 0 (must be > 0 in some row; leave out data.weight to weigh all alike)");
    }
    if (Double.isInfinite(labels.largestWeight() * table.rowCount())) {
      throw new DataException(
          "data.weight",
          "Invalid weights: up to "
              + labels.largestWeight()
              + " in the "
              + part
              + " rows, so that their sum overflows (must be <= 1e300; divide them all)");
    }
  }

  private static JavaRDD<Example> told(
      JavaRDD<Example> rows, Optional<? extends AccumulatorV2<Example, ?>> listener) {
    if (listener.isEmpty()) {
      return rows;
    }
    AccumulatorV2<Example, ?> told = listener.get();
    return rows.map(
        row -> {
          told.add(row);
          return row;
        });
  }

  private static DataException lost(FloatLoss.Lost lost, Surveyed<?> source, Part part) {
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

  private JavaRDD<Example> examples(Surveyed<?> source, Split split, Part part) {
    JavaRDD<Tuple2<Long, Example>> numbered = source.examples(split, part);
    if (reading.partitions() == 0) {
      return numbered.map(Tuple2::_2);
    }
    return JavaPairRDD.fromJavaRDD(numbered)
        .repartitionAndSortWithinPartitions(new RowRanges(reading.partitions(), source.rows()))
        .values();
  }

  private Table inProcess(JavaRDD<Block> blocks, Part part) {
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
    JavaRDD<List<Block>> whole = blocks.glom();
    List<List<Block>> partitions =
        DescribedJob.run(
            context,
            "read " + part,
            () -> bytes <= COLLECTED_AT_ONCE ? whole.collect() : oneByOne(whole));
    return InProcessTable.of(layout.schema(), partitions);
  }

  private static List<List<Block>> oneByOne(JavaRDD<List<Block>> whole) {
    List<List<Block>> partitions = new java.util.ArrayList<>();
    whole.toLocalIterator().forEachRemaining(partitions::add);
    return partitions;
  }
}
