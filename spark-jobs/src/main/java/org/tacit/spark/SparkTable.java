package org.tacit.spark;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import org.tacit.matrix.Block;
import org.tacit.matrix.Schema;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.PassResult;
import org.tacit.pass.PassTask;
import org.tacit.pass.RowArrays;
import org.tacit.pass.RowValues;
import org.tacit.pass.Sums;
import org.tacit.pass.Table;
import org.tacit.spark.PartitionValues.Question;

/**
 * A table on an RDD of blocks that Spark keeps.
 *
 * <p>A pass is one Spark job of one task a partition. Partial sums are added up in partition order,
 * whatever their size, so a pass gives the same bits as over an {@link
 * org.tacit.pass.InProcessTable} of the same partitions. A lost partition is read again from where
 * the RDD came from.
 */
public final class SparkTable implements Table {
  private final JavaRDD<Block> blocks;
  private final Schema schema;
  private final long[] counts;
  private final Runnable release;
  private final Optional<Part> part;
  private final Map<List<Long>, List<Table>> dealt = new ConcurrentHashMap<>();
  private final Map<RowValues, Made> held = Collections.synchronizedMap(new WeakHashMap<>());
  private volatile WeakReference<Wide> wide = new WeakReference<>(null);
  private volatile boolean closed;

  private SparkTable(JavaRDD<Block> blocks, Schema schema, long[] counts, Runnable release) {
    this.blocks = blocks;
    this.schema = schema;
    this.counts = counts;
    this.release = release;
    this.part = Optional.empty();
  }

  /** A view of a part of a table's rows. */
  private SparkTable(Part part, long rows) {
    this.blocks = part.of(part.whole.blocks);
    this.schema = part.whole.schema;
    this.counts = part.whole.share(rows);
    this.release = () -> {};
    this.part = Optional.of(part);
  }

  /** A batch of a table's blocks. */
  private record Part(SparkTable whole, Dealing dealing, int batch) {
    JavaRDD<Block> of(JavaRDD<Block> all) {
      return all.mapPartitionsWithIndex(batch(dealing, batch), true);
    }

    private static Function2<Integer, Iterator<Block>, Iterator<Block>> batch(
        Dealing dealing, int batch) {
      return (partition, all) -> dealing.batch(batch, partition, all);
    }

    Optional<Made> find(RowValues values) {
      return whole.find(values).map(m -> new Made(of(m.blocks), m.width, m.first, m.count));
    }
  }

  /** The table of these blocks, kept in memory and what does not fit on disk. One job. */
  public static SparkTable of(Schema schema, JavaRDD<Block> blocks) {
    return of(schema, blocks, StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * The table of these blocks, kept at {@code level}; an RDD that is persisted already stays as it
   * is, also after {@link #close}. One job, which fills the cache, counts the rows and holds every
   * block against the schema.
   */
  public static SparkTable of(Schema schema, JavaRDD<Block> blocks, StorageLevel level) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(blocks.context());
    boolean ours = blocks.getStorageLevel().equals(StorageLevel.NONE());
    if (ours) {
      blocks.persist(level);
    }
    Runnable unpersist = ours ? () -> blocks.unpersist(false) : () -> {};
    try {
      long[] counts = DescribedJob.run(context, "fill table", () -> counts(schema, blocks));
      return new SparkTable(blocks, schema, counts, unpersist);
    } catch (RuntimeException failed) {
      unpersist.run();
      throw failed;
    }
  }

  /**
   * The table of these rows: row i of {@code features} with its label, dense. One partition for
   * each 4 MB.
   */
  public static SparkTable of(JavaSparkContext context, double[][] features, double[] labels) {
    RowArrays rows = RowArrays.of(features, labels);
    return of(rows.schema(), context.parallelize(rows.blocks(), rows.blocks().size()));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long rowCount() {
    return counts[0];
  }

  @Override
  public long numbers() {
    return counts[1];
  }

  @Override
  public int partitions() {
    return blocks.getNumPartitions();
  }

  @Override
  public String engine() {
    return "spark";
  }

  @Override
  public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    requireOpen();
    JavaRDD<Block> wide = with(beside);
    SharedTasks shared = DescribedJob.run(context(), description, () -> share(tasks));
    if (tasks.stream().anyMatch(PassTask::makesRows)) {
      JavaRDD<Block> made =
          wide.mapPartitions(shared::made, true).persist(StorageLevel.MEMORY_AND_DISK());
      Making making = new Making(made, shared, tasks);
      try {
        double[][][] sums = sums(made, SharedTasks::sumsOf, shared.sumLength(), tasks, description);
        return Sums.byTask(sums, tasks, making::entered);
      } catch (RuntimeException failed) {
        making.letGo();
        throw failed;
      }
    }
    try (shared) {
      double[][][] sums = sums(wide, shared::sums, shared.sumLength(), tasks, description);
      return Sums.byTask(sums, tasks, task -> List.of());
    }
  }

  private SharedTasks share(List<PassTask> tasks) {
    return SharedPlans.of(context()).share(context(), tasks);
  }

  private double[][][] sums(
      JavaRDD<Block> rows,
      Question<Block, double[]> partial,
      int length,
      List<PassTask> tasks,
      String description) {
    return Sums.cut(
        DescribedJob.run(context(), description, () -> OrderedSum.of(rows, partial, length)),
        tasks);
  }

  @Override
  public Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, List<RowValues> beside, String description) {
    requireOpen();
    try (SharedTasks shared = share(tasks)) {
      JavaRDD<Block> wide = with(beside);
      String again = description + ": look for the NaN";
      return DescribedJob.run(context(), again, () -> PartitionValues.of(wide, shared::firstNaN))
          .stream()
          .filter(each -> each.length > 0)
          .findFirst()
          .map(each -> JavaBytes.decoded(each, NotANumberException.class));
    }
  }

  /**
   * Row values made in one job, all in one RDD: theirs are {@code count} of its {@code width}
   * columns.
   */
  private record Made(JavaRDD<Block> blocks, int width, int first, int count) {}

  /** The blocks with these beside them. */
  private record Wide(List<Made> beside, JavaRDD<Block> blocks) {}

  /** What one job makes, let go of with the last of it; lost rows are computed again until then. */
  private final class Making {
    private final JavaRDD<Block> blocks;
    private final SharedTasks shared;
    private final List<PassTask> tasks;
    private final int width;
    private final AtomicInteger open = new AtomicInteger();
    private int next;

    Making(JavaRDD<Block> blocks, SharedTasks shared, List<PassTask> tasks) {
      this.blocks = blocks;
      this.shared = shared;
      this.tasks = tasks;
      this.width = tasks.stream().mapToInt(PassTask::rowColumns).sum();
    }

    List<RowValues> entered(PassTask task) {
      List<RowValues> all = task.made(this::release);
      for (RowValues values : all) {
        open.incrementAndGet();
        held.put(values, new Made(blocks, width, next, values.groups()));
        next += values.groups();
      }
      return all;
    }

    private void release(RowValues values) {
      if (held.remove(values) != null && open.decrementAndGet() == 0) {
        letGo();
      }
    }

    void letGo() {
      try {
        blocks.unpersist(false);
        shared.close();
      } finally {
        Reference.reachabilityFence(tasks);
      }
    }
  }

  @Override
  public boolean holds(RowValues values) {
    return find(values).isPresent();
  }

  private Made made(RowValues values) {
    return find(values).orElseThrow(RowValues::elsewhere);
  }

  /** What is held here, or beside the table that this one is a part of. */
  private Optional<Made> find(RowValues values) {
    return Optional.ofNullable(held.get(values)).or(() -> part.flatMap(of -> of.find(values)));
  }

  /**
   * The blocks with row values beside them; a solve's passes read the same ones again and again.
   */
  JavaRDD<Block> with(List<RowValues> beside) {
    if (beside.isEmpty()) {
      return blocks;
    }
    List<Made> made = beside.stream().map(this::made).toList();
    Wide known = wide.get();
    if (known == null || !known.beside.equals(made)) {
      known = new Wide(made, zipped(made));
      wide = new WeakReference<>(known);
    }
    return known.blocks;
  }

  /** Each RDD zipped once. */
  private JavaRDD<Block> zipped(List<Made> beside) {
    JavaRDD<Block> wide = blocks;
    int own = schema.fields().size();
    int width = own;
    Map<JavaRDD<Block>, Integer> zipped = new HashMap<>();
    List<Integer> wanted = new ArrayList<>();
    for (Made made : beside) {
      if (!zipped.containsKey(made.blocks)) {
        wide = wide.zipPartitions(made.blocks, SparkTable::sideBySide);
        zipped.put(made.blocks, width);
        width += made.width;
      }
      for (int k = 0; k < made.count; k++) {
        wanted.add(zipped.get(made.blocks) + made.first + k);
      }
    }
    int[] columns = wanted.stream().mapToInt(Integer::intValue).toArray();
    return wide.map(block -> block.with(own, columns));
  }

  @Override
  public double[] values(RowValues values) {
    requireOpen();
    int own = schema.fields().size();
    JavaRDD<double[]> parts = with(List.of(values)).map(block -> block.elements(own));
    return DescribedJob.run(context(), "row values", parts::collect).stream()
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /** One job, which brings the blocks in their partitions. */
  @Override
  public Optional<InProcessTable> onDriver() {
    requireOpen();
    return Optional.of(
        InProcessTable.of(
            schema, DescribedJob.run(context(), "bring rows", () -> blocks.glom().collect())));
  }

  /** One job, which counts their rows; a pass over a batch runs one task a partition still. */
  @Override
  public List<Table> batches(int count, long seed) {
    requireOpen();
    return dealt.computeIfAbsent(List.of((long) count, seed), same -> deal(count, seed));
  }

  private List<Table> deal(int count, long seed) {
    Dealing dealing = Dealing.of(partitions(), count, seed);
    long[] rows =
        DescribedJob.run(
            context(),
            "deal batches",
            () -> dealing.sum(PartitionValues.of(blocks, dealing::rows)));
    return IntStream.range(0, count)
        .filter(k -> rows[k] > 0)
        .<Table>mapToObj(k -> new SparkTable(new Part(this, dealing, k), rows[k]))
        .toList();
  }

  private static Iterator<Block> sideBySide(Iterator<Block> left, Iterator<Block> right) {
    return IteratorUtils.transformedIterator(left, block -> block.with(right.next()));
  }

  /** Rows and numbers. */
  private static long[] counts(Schema schema, JavaRDD<Block> blocks) {
    BlockCheck check = new BlockCheck(schema);
    long[] total = new long[2];
    for (long[] counts : PartitionValues.of(blocks, check::counts)) {
      total[0] += counts[0];
      total[1] += counts[1];
    }
    return total;
  }

  /** Those of a batch of so many rows, whose numbers are taken to be its share. */
  private long[] share(long rows) {
    return new long[] {rows, Math.round(counts[1] * ((double) rows / counts[0]))};
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(blocks.context());
  }

  JavaRDD<Block> blocks() {
    return blocks;
  }

  private void requireOpen() {
    if (part.map(of -> of.whole.closed).orElse(closed)) {
      throw new IllegalStateException("Closed table: " + schema.names() + " (must be open)");
    }
  }

  /** A view is open as long as its table is. */
  @Override
  public void close() {
    if (part.isEmpty() && !closed) {
      closed = true;
      release.run();
    }
  }
}
