package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.collections4.IteratorUtils;
import org.tacit.matrix.Block;
import org.tacit.pass.InProcessTable;

/** Rows that are read in this JVM: the same partitions, the same runs as on Spark, without it. */
final class LocalRows implements KeptRows {
  private final List<Supplier<List<Run>>> partitions;
  private List<List<Run>> runs = List.of();

  /** Each partition is read when it is asked for. */
  LocalRows(List<Supplier<List<Run>>> partitions) {
    this.partitions = List.copyOf(partitions);
  }

  @Override
  public List<Survey> survey() {
    runs = partitions.parallelStream().map(Supplier::get).toList();
    return runs.stream()
        .map(partition -> Survey.of(partition.stream().map(Run::survey).iterator()))
        .toList();
  }

  @Override
  public FittedNames fittedNames(Split split, long[] firstRows) {
    return FittedNames.of(
        IntStream.range(0, runs.size())
            .mapToObj(p -> FittedNames.of(split, firstRows[p], runs.get(p).iterator()))
            .toList());
  }

  @Override
  public Filled table(Selection selection) {
    List<List<Run>> chosen =
        IntStream.range(0, runs.size())
            .mapToObj(p -> IteratorUtils.toList(selection.of(p, runs.get(p).iterator())))
            .toList();
    PartSeen seen = new PartSeen(selection.layout());
    List<List<Block>> blocks =
        (selection.form().isSpread() ? spread(chosen, selection.ranges()) : chosen)
            .stream().map(partition -> blocks(partition, selection.layout(), seen)).toList();
    return new Filled(InProcessTable.of(selection.layout().schema(), blocks), seen);
  }

  private static List<Block> blocks(List<Run> runs, BlockLayout layout, PartSeen seen) {
    runs.forEach(seen::add);
    return runs.stream().filter(run -> run.rows() > 0).map(layout::block).toList();
  }

  private static List<List<Run>> spread(List<List<Run>> runs, RowRanges ranges) {
    List<List<Run>> pieces = new ArrayList<>();
    for (int p = 0; p < ranges.count(); p++) {
      pieces.add(new ArrayList<>());
    }
    for (List<Run> partition : runs) {
      for (Run run : partition) {
        ranges.cut(run).forEach(piece -> pieces.get(ranges.of(piece.number(0))).add(piece));
      }
    }
    return pieces.stream().map(piece -> Selection.together(piece.iterator())).toList();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void release() {
    runs = List.of();
  }
}
