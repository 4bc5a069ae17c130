package org.tacit.experiment;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a piece of work costs: its seconds, and the most bytes of the heap that were live at once
 * beyond those before it.
 *
 * <p>Live bytes are what full collections left, by the collectors' own records: {@value #PHASES} of
 * them at equal distances over the work, so that what is held for a longer part of it is not
 * missed. They begin after 4 seconds, and their time is taken off. Work that is shorter is done
 * once more, warm, for its seconds; and all that is shorter than 100 seconds is done again for its
 * bytes, as often as it takes for collections not to crowd, each time with some of them.
 *
 * @param seconds from beginning to end, less those of full collections
 * @param bytes live at the peak, less those live before
 * @param value what the work returned
 */
record Cost<T>(double seconds, long bytes, T value) {
  private static final int PHASES = 25;
  private static final long CLEAN = 4_000_000_000L;

  private static long never(long nanos) {
    return Long.MAX_VALUE;
  }

  /** Does the work, at least once, in this thread. */
  static <T> Cost<T> of(Supplier<T> work) {
    long from = System.nanoTime();
    long before = liveBytes();
    long apart = 2 * (System.nanoTime() - from);
    Run<T> run = Run.of(work, done -> Math.max(CLEAN, done + Math.max(apart, done / PHASES)));
    long peak = run.peak;
    if (run.nanos < CLEAN) {
      run = Run.of(work, Cost::never);
    }
    long length = run.nanos;
    int runs =
        length >= PHASES * CLEAN ? 0 : (int) (1 + Math.min(PHASES - 1, PHASES * apart / length));
    for (int r = 0; r < runs; r++) {
      double offset = r + 0.5;
      Run<T> again =
          Run.of(work, done -> phase(offset, runs, length, (double) done / length * PHASES));
      peak = Math.max(peak, again.peak);
    }
    return new Cost<>(1e-9 * length, Math.max(0, peak - before), run.value);
  }

  /** Its seconds alone: no bytes. */
  static <T> Cost<T> ofTime(Supplier<T> work) {
    Run<T> run = Run.of(work, Cost::never);
    return new Cost<>(1e-9 * run.nanos, 0, run.value);
  }

  /** The next of the phases offset, offset + runs, ... after one of {@value #PHASES}. */
  private static long phase(double offset, int runs, long length, double after) {
    double next = offset + runs * Math.max(0, Math.floor((after - offset) / runs) + 1);
    return (long) (next * length / PHASES);
  }

  /** Work done once beside a thread that collects. */
  private record Run<T>(long nanos, long peak, T value) {
    static <T> Run<T> of(Supplier<T> work, LongUnaryOperator next) {
      Sampler sampler = new Sampler(next);
      T value;
      long nanos;
      try {
        value = work.get();
      } finally {
        nanos = sampler.nanos();
      }
      return new Run<>(nanos, sampler.peak, value);
    }
  }

  /** Collects whenever so many nanoseconds of the work itself are done. */
  private static final class Sampler extends Thread {
    private final LongUnaryOperator next;
    private final long start = System.nanoTime();
    private volatile boolean isOver;
    private long collecting;
    private long peak;

    Sampler(LongUnaryOperator next) {
      super("live bytes");
      this.next = next;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      long at = next.applyAsLong(0);
      while (!isOver) {
        long from = System.nanoTime();
        long wait = at - (from - start - collecting);
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        } else {
          long live = liveBytes();
          at = next.applyAsLong(from - start - collecting);
          if (!isOver) {
            peak = Math.max(peak, live);
            collecting += System.nanoTime() - from;
          }
        }
      }
    }

    /** The nanoseconds since the beginning in which nothing was collected. */
    long nanos() {
      isOver = true;
      long nanos = System.nanoTime() - start;
      LockSupport.unpark(this);
      try {
        join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return Math.max(1, nanos - collecting);
    }
  }

  /** What a full collection leaves, as the collector that ended last says. */
  private static long liveBytes() {
    System.gc();
    Set<String> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
        .map(GarbageCollectorMXBean::getLastGcInfo)
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(GcInfo::getEndTime))
        .map(GcInfo::getMemoryUsageAfterGc)
        .orElseThrow()
        .entrySet()
        .stream()
        .filter(pool -> pools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
