package org.tacit.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Block;
import org.tacit.matrix.RoundTrip;
import org.tacit.matrix.Schema;

/** One thread from the last partition to the first, each task as another JVM would read it. */
record BackwardsTable(Schema schema, List<List<Block>> blocks) implements Table {
  @Override
  public long rowCount() {
    return blocks.stream().flatMap(List::stream).mapToLong(Block::rows).sum();
  }

  @Override
  public int partitions() {
    return blocks.size();
  }

  @Override
  public String engine() {
    return "backwards";
  }

  @Override
  public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    List<PassTask> there = tasks.stream().map(t -> RoundTrip.of(PassTask.class, t)).toList();
    List<double[][][]> sums = new ArrayList<>();
    for (int p = blocks.size() - 1; p >= 0; p--) {
      sums.add(0, PartitionPass.sums(there, blocks.get(p).iterator()));
    }
    double[][][] total = Sums.zero(tasks);
    sums.forEach(part -> Sums.add(total, part));
    return Sums.byTask(total, tasks, task -> List.of());
  }

  @Override
  public Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, List<RowValues> beside, String description) {
    throw new AssertionError("not asked for");
  }

  @Override
  public boolean holds(RowValues values) {
    return false;
  }

  @Override
  public double[] values(RowValues values) {
    throw new AssertionError("not asked for");
  }

  @Override
  public void close() {}
}
