package org.tacit.spark;

import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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

  Table of(Surveyed<?> source, Split split, Part part) {
    BlockLayout blockLayout = layout;
    JavaRDD<Block> blocks = examples(source, split, part).mapPartitions(blockLayout::blocks, true);
    Table table =
        reading.engine().isInProcess(bytes)
            ? inProcess(blocks, part)
            : SparkTable.of(layout.schema(), blocks.setName("tacit " + part));
    if (table.rowCount() == 0) {
      table.close();
      throw new DataException(
          "data.split",
          "Empty " + part + " part: 0 of " + source.rows() + " rows (must have one or more)");
    }
    return table;
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
