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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a piece of work costs: its seconds, and the most bytes of the heap that were live at once
 * beyond those before it.
 *
 * <p>Live bytes are what full collections left, by the collectors' own records: one before the
 * work, and one after another while it runs, each when the last one's length and a fiftieth of the
 * time since the beginning have passed. The time that they took is taken off the seconds. What
 * lives for less than that fiftieth may be missed.
 *
 * @param seconds from beginning to end, less those of full collections
 * @param bytes live at the peak, less those live before
 * @param value what the work returned
 */
record Cost<T>(double seconds, long bytes, T value) {
  private static final int SAMPLES = 50;

  /** Does the work once, in this thread. */
  static <T> Cost<T> of(Supplier<T> work) {
    long before = liveBytes();
    Sampler sampler = new Sampler();
    T value;
    long nanos;
    try {
      value = work.get();
    } finally {
      nanos = sampler.nanos();
    }
    return new Cost<>(1e-9 * nanos, Math.max(0, sampler.peak - before), value);
  }

  /** Collects again and again. */
  private static final class Sampler extends Thread {
    private final long start = System.nanoTime();
    private volatile boolean isOver;
    private long collecting;
    private long peak;

    Sampler() {
      super("live bytes");
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      while (!isOver) {
        long from = System.nanoTime();
        long live = liveBytes();
        long taken = System.nanoTime() - from;
        if (!isOver) {
          peak = Math.max(peak, live);
          collecting += taken;
          LockSupport.parkNanos(Math.max(taken, (System.nanoTime() - start) / SAMPLES));
        }
      }
    }

    /** The nanoseconds since the beginning in which nothing was collected. */
    long nanos() {
      long nanos = System.nanoTime() - start;
      isOver = true;
      LockSupport.unpark(this);
      try {
        join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return nanos - collecting;
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
