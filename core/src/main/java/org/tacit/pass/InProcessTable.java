package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;

/**
 * A table in this JVM's memory. A pass runs one task a partition, on the thread that asks for it
 * and on those of a pool; partitions play the part they play on Spark.
 */
public final class InProcessTable implements Table {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          Math.max(1, THREADS - 1),
          work -> {
            Thread thread = new Thread(work, "tacit-pass");
            thread.setDaemon(true);
            return thread;
          });

  private final Schema schema;
  private final List<List<Block>> partitions;
  private final long rowCount;
  private final long numbers;
  private final Function<RowValues, Optional<Made>> elsewhere;
  private final Map<List<Long>, List<Table>> dealt = new ConcurrentHashMap<>();
  private final Map<RowValues, Made> held = Collections.synchronizedMap(new WeakHashMap<>());

  /** A view of a part of a table's rows. */
  private InProcessTable(InProcessTable whole, Deal deal) {
    this(
        whole.schema,
        deal.of(whole.partitions),
        values -> whole.find(values).map(made -> made.dealt(deal)));
  }

  private InProcessTable(
      Schema schema, List<List<Block>> partitions, Function<RowValues, Optional<Made>> elsewhere) {
    this.schema = schema;
    this.elsewhere = elsewhere;
    this.partitions = partitions.stream().map(List::copyOf).toList();
    this.rowCount = this.partitions.stream().flatMap(List::stream).mapToLong(Block::rows).sum();
    this.numbers = this.partitions.stream().flatMap(List::stream).mapToLong(Block::numbers).sum();
  }

  public static InProcessTable of(Schema schema, List<List<Block>> partitions) {
    return new InProcessTable(schema, partitions, values -> Optional.empty());
  }

  /** The table of one block. */
  public static InProcessTable of(Schema schema, Block block) {
    return of(schema, List.of(List.of(block)));
  }

  /**
   * The table of the rows of a matrix, a schema's columns side by side, in so many partitions of
   * nearly equal height and in blocks of at most {@code blockRows}.
   */
  public static InProcessTable of(Schema schema, Matrix rows, int partitions, int blockRows) {
    return of(schema, RowBlocks.of(schema, rows, partitions, blockRows));
  }

  /**
   * The table of these rows: row i of {@code features} with its label, dense. One partition for
   * each 4 MB.
   */
  public static InProcessTable of(double[][] features, double[] labels) {
    RowArrays rows = RowArrays.of(features, labels);
    return of(rows.schema(), rows.blocks().stream().map(List::of).toList());
  }

  /** The blocks of one column, from the first rows to the last. */
  public List<Column> column(String name) {
    return column(partitions, schema.names().indexOf(name));
  }

  private static List<Column> column(List<List<Block>> all, int at) {
    return all.stream().flatMap(List::stream).map(block -> block.column(at)).toList();
  }

  /** Row values made in one pass, all in the same blocks: theirs are {@code count} columns. */
  private record Made(List<List<Block>> partitions, int first, int count) {
    Made dealt(Deal deal) {
      return new Made(deal.of(partitions), first, count);
    }
  }

  /** The blocks of row values of one instance, from the first rows to the last. */
  public List<Column> column(RowValues values) {
    Made made = made(values);
    return column(made.partitions(), made.first());
  }

  @Override
  public Optional<InProcessTable> onDriver() {
    return Optional.of(this);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long rowCount() {
    return rowCount;
  }

  @Override
  public long numbers() {
    return numbers;
  }

  @Override
  public int partitions() {
    return partitions.size();
  }

  @Override
  public String engine() {
    return "in-process";
  }

  @Override
  public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    List<List<Block>> made = new ArrayList<>();
    double[][][] total = Sums.zero(tasks);
    for (Part part : parts(tasks, with(beside))) {
      Sums.add(total, part.sums());
      made.add(part.made());
    }
    AtomicInteger next = new AtomicInteger();
    return Sums.byTask(total, tasks, task -> entered(task.made(held::remove), made, next));
  }

  /** What a pass over one partition leaves. */
  private record Part(
      @SuppressWarnings("ArrayRecordComponent") double[][][] sums, List<Block> made) {}

  private static List<Part> parts(List<PassTask> tasks, List<List<Block>> partitions) {
    List<Callable<Part>> work = new ArrayList<>();
    for (List<Block> blocks : partitions) {
      work.add(
          () -> {
            PartitionPass pass = new PartitionPass(tasks);
            List<Block> made = new ArrayList<>();
            pass.over(blocks.iterator()).forEachRemaining(made::add);
            return new Part(pass.sums(), made);
          });
    }
    return inOrder(work);
  }

  /** Row values from the {@code next} of the columns that were made on. */
  private List<RowValues> entered(
      List<RowValues> all, List<List<Block>> blocks, AtomicInteger next) {
    for (RowValues values : all) {
      held.put(values, new Made(blocks, next.getAndAdd(values.groups()), values.groups()));
    }
    return all;
  }

  @Override
  public Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, List<RowValues> beside, String description) {
    List<List<Block>> wide = with(beside);
    return IntStream.range(0, wide.size())
        .mapToObj(p -> PartitionPass.firstNaN(tasks, wide.get(p).iterator(), p))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public boolean holds(RowValues values) {
    return find(values).isPresent();
  }

  /** Row values of width 1, by what they are row after row. */
  RowValues hold(double[] elements) {
    List<List<Block>> all = new ArrayList<>();
    int from = 0;
    for (List<Block> blocks : partitions) {
      List<Block> beside = new ArrayList<>();
      for (Block block : blocks) {
        int to = from + block.rows();
        double[] own = Arrays.copyOfRange(elements, from, to);
        beside.add(new Block(block.rows(), Column.dense(block.rows(), 1, own)));
        from = to;
      }
      all.add(beside);
    }
    RowValues values = RowValues.of(1, 1, held::remove);
    held.put(values, new Made(all, 0, 1));
    return values;
  }

  private Made made(RowValues values) {
    return find(values).orElseThrow(RowValues::elsewhere);
  }

  /** What is held here, or beside the table that this one is a part of. */
  private Optional<Made> find(RowValues values) {
    return Optional.ofNullable(held.get(values)).or(() -> elsewhere.apply(values));
  }

  /** The blocks with row values beside them. */
  private List<List<Block>> with(List<RowValues> beside) {
    List<List<Block>> wide = partitions;
    for (RowValues values : beside) {
      wide = beside(wide, made(values));
    }
    return wide;
  }

  private static List<List<Block>> beside(List<List<Block>> all, Made made) {
    List<List<Block>> wide = new ArrayList<>();
    for (int p = 0; p < all.size(); p++) {
      List<Block> blocks = new ArrayList<>();
      for (int b = 0; b < all.get(p).size(); b++) {
        Block more = made.partitions().get(p).get(b);
        blocks.add(all.get(p).get(b).with(more.columns(made.first(), made.count())));
      }
      wide.add(blocks);
    }
    return wide;
  }

  /** Each partition deals out its blocks in turn, beginning with a batch of the seed's choice. */
  @Override
  public List<Table> batches(int count, long seed) {
    return dealt.computeIfAbsent(
        List.of((long) count, seed),
        same -> {
          Random random = new Random(seed);
          List<Integer> first = partitions.stream().map(all -> random.nextInt(count)).toList();
          return IntStream.range(0, count)
              .<Table>mapToObj(k -> new InProcessTable(this, new Deal(first, count, k)))
              .filter(batch -> batch.rowCount() > 0)
              .toList();
        });
  }

  /** Every {@code count}-th block of each partition, such that batch first[p] has p's first. */
  private record Deal(List<Integer> first, int count, int batch) {
    List<List<Block>> of(List<List<Block>> partitions) {
      return IntStream.range(0, partitions.size())
          .mapToObj(p -> of(partitions.get(p), Math.floorMod(batch - first.get(p), count)))
          .toList();
    }

    private List<Block> of(List<Block> blocks, int from) {
      return IntStream.iterate(from, i -> i < blocks.size(), i -> i + count)
          .mapToObj(blocks::get)
          .toList();
    }
  }

  @Override
  public double[] values(RowValues values) {
    Made made = made(values);
    return made.partitions().stream()
        .flatMap(List::stream)
        .flatMapToDouble(block -> Arrays.stream(block.elements(made.first())))
        .toArray();
  }

  /**
   * The results in the order of the work, which the caller and as many threads as are free take on
   * piece by piece: a pass of two partitions wakes one thread. The first failure is thrown when all
   * have ended.
   */
  private static <T> List<T> inOrder(List<Callable<T>> work) {
    requireGoingOn();
    List<FutureTask<T>> tasks = work.stream().map(FutureTask::new).toList();
    Deque<FutureTask<T>> open = new ConcurrentLinkedDeque<>(tasks);
    for (int others = Math.min(tasks.size(), THREADS) - 1; others > 0; others--) {
      POOL.execute(() -> runAll(open));
    }
    runAll(open);
    List<T> results = new ArrayList<>();
    Optional<Throwable> first = Optional.empty();
    for (FutureTask<T> task : tasks) {
      try {
        results.add(task.get());
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      } catch (ExecutionException failed) {
        first = first.or(() -> Optional.of(failed.getCause()));
      }
    }
    requireGoingOn();
    first.ifPresent(InProcessTable::rethrow);
    return results;
  }

  private static void requireGoingOn() {
    if (Thread.interrupted()) {
      throw interrupted(new InterruptedException());
    }
  }

  private static IllegalStateException interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted during a pass", stopped);
  }

  private static void rethrow(Throwable failed) {
    if (failed instanceof Error error) {
      throw error;
    }
    throw failed instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("A pass failed: " + failed, failed);
  }

  private static <T> void runAll(Deque<FutureTask<T>> open) {
    for (FutureTask<T> next = open.poll(); next != null; next = open.poll()) {
      next.run();
    }
  }

  /** Nothing to let go of: the blocks belong to whoever made the table. */
  @Override
  public void close() {}
}
