package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BroadcastBlockId;

/**
 * Counts what a stretch of code makes Spark do. The extension's tests run one after another, so
 * whatever happens meanwhile is that code's.
 */
public final class SparkJobs {
  private final SparkContext context;
  private final Counter counter = new Counter();

  private SparkJobs(SparkContext context) {
    this.context = context;
  }

  /** Counts on this context from now on. */
  public static SparkJobs of(SparkContext context) {
    SparkJobs jobs = new SparkJobs(context);
    context.addSparkListener(jobs.counter);
    return jobs;
  }

  /** What running {@code code} takes. */
  public Tally during(Runnable code) {
    drain();
    counter.start();
    code.run();
    drain();
    return counter.tally();
  }

  /** The value of {@code code}, which must take exactly this many jobs. */
  public <T> T assertPasses(int jobs, Supplier<T> code) {
    List<T> value = new ArrayList<>();
    Tally tally = during(() -> value.add(code.get()));
    assertThat(tally.jobs()).as("Spark jobs: %s", tally.descriptions()).isEqualTo(jobs);
    return value.get(0);
  }

  private void drain() {
    try {
      context.listenerBus().waitUntilEmpty(60_000);
    } catch (TimeoutException slow) {
      throw new IllegalStateException("Listener bus still busy", slow);
    }
  }

  /**
   * What Spark did.
   *
   * @param jobs jobs started
   * @param stages stages started, each of which broadcasts its closure
   * @param broadcasts what was broadcast, task closures included
   * @param tasks tasks ended, retries included
   * @param bytesBroadcast serialised size of what was broadcast, task closures included
   * @param descriptions each job's description, as the UI shows it
   */
  public record Tally(
      int jobs,
      int stages,
      int broadcasts,
      int tasks,
      long bytesBroadcast,
      List<String> descriptions) {
    public Tally {
      descriptions = List.copyOf(descriptions);
    }
  }

  private static final class Counter extends SparkListener {
    private int jobs;
    private int stages;
    private int tasks;
    private final Set<Object> broadcasts = new HashSet<>();
    private long bytesBroadcast;
    private final List<String> descriptions = new ArrayList<>();

    synchronized void start() {
      jobs = 0;
      stages = 0;
      broadcasts.clear();
      tasks = 0;
      bytesBroadcast = 0;
      descriptions.clear();
    }

    synchronized Tally tally() {
      return new Tally(jobs, stages, broadcasts.size(), tasks, bytesBroadcast, descriptions);
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart start) {
      jobs++;
      descriptions.add(start.properties().getProperty("spark.job.description", ""));
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      stages++;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      tasks++;
    }

    @Override
    public synchronized void onBlockUpdated(SparkListenerBlockUpdated update) {
      var info = update.blockUpdatedInfo();
      long size = info.memSize() + info.diskSize();
      boolean isStored = info.storageLevel().isValid(); // what is let go of is told of, too
      if (info.blockId() instanceof BroadcastBlockId block && isStored) {
        broadcasts.add(block.broadcastId());
        bytesBroadcast += size;
      }
    }
  }
}
