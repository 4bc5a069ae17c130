package org.tacit.data;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import org.tacit.matrix.Block;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import org.tacit.spark.DescribedJob;
import org.tacit.spark.SparkTable;
import scala.Tuple2;

/**
 * Rows that are read by Spark. The survey's job parses and keeps them, in memory and what does not
 * fit on disk; a partition that is lost meanwhile is read again and must be the same.
 */
record SparkRows(JavaSparkContext context, String name, JavaRDD<Run> runs) implements KeptRows {
  /** Up to here all partitions come to the driver in one job, beyond one by one. */
  private static final long COLLECTED_AT_ONCE = 256L << 20;

  @Override
  public List<Survey> survey() {
    runs.persist(StorageLevel.MEMORY_AND_DISK());
    return DescribedJob.run(
        context,
        "survey " + name,
        () ->
            runs.map(Run::survey)
                .mapPartitions(all -> Collections.singletonList(Survey.of(all)).iterator())
                .collect());
  }

  @Override
  public FittedNames fittedNames(Split split, long[] firstRows) {
    Function2<Integer, Iterator<Run>, Iterator<FittedNames>> seen =
        (p, partition) ->
            Collections.singletonList(FittedNames.of(split, firstRows[p], partition)).iterator();
    return FittedNames.of(
        DescribedJob.run(
            context, "names of " + name, () -> runs.mapPartitionsWithIndex(seen, true).collect()));
  }

  @Override
  public Filled table(Selection selection) {
    SeenRows seen = new SeenRows(new PartSeen(selection.layout()));
    context.sc().register(seen);
    BlockLayout layout = selection.layout();
    JavaRDD<Block> blocks =
        chosen(selection)
            .filter(
                run -> {
                  seen.add(run);
                  return run.rows() > 0;
                })
            .map(layout::block);
    Table table =
        selection.form().isInProcess()
            ? inProcess(blocks, selection)
            : SparkTable.of(layout.schema(), blocks.setName("tacit " + selection.part()));
    return new Filled(table, seen.value());
  }

  private JavaRDD<Run> chosen(Selection selection) {
    Function2<Integer, Iterator<Run>, Iterator<Run>> choose = selection::of;
    JavaRDD<Run> chosen = runs.mapPartitionsWithIndex(choose, true);
    if (!selection.form().isSpread()) {
      return chosen;
    }
    RowRanges ranges = selection.ranges();
    return chosen
        .flatMap(run -> ranges.cut(run).iterator())
        .mapToPair(piece -> new Tuple2<Long, Run>(piece.number(0), piece))
        .repartitionAndSortWithinPartitions(new Ranges(ranges))
        .values()
        .mapPartitions(pieces -> Selection.together(pieces).iterator(), true);
  }

  private Table inProcess(JavaRDD<Block> blocks, Selection selection) {
    JavaRDD<List<Block>> whole = blocks.glom();
    List<List<Block>> partitions =
        DescribedJob.run(
            context,
            "read " + selection.part(),
            () ->
                selection.form().bytes() <= COLLECTED_AT_ONCE
                    ? whole.collect()
                    : IteratorUtils.toList(whole.toLocalIterator()));
    return InProcessTable.of(selection.layout().schema(), partitions);
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  /** A partition for each range of row numbers. */
  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final RowRanges ranges;

    Ranges(RowRanges ranges) {
      this.ranges = ranges;
    }

    @Override
    public int numPartitions() {
      return ranges.count();
    }

    @Override
    public int getPartition(Object row) {
      return ranges.of((Long) row);
    }
  }

  @Override
  public void release() {
    runs.unpersist(false);
  }
}
