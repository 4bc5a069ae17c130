package org.tacit.experiment;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** The bytes of the heap that full collections leave, by the collectors' own records. */
final class LiveHeap {
  private LiveHeap() {}

  /** Collects; empty where this JVM does not on demand. */
  static OptionalLong bytes() {
    List<GarbageCollectorMXBean> collectors =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    long before = count(collectors);
    System.gc();
    return count(collectors) == before ? OptionalLong.empty() : OptionalLong.of(left(collectors));
  }

  private static long count(List<GarbageCollectorMXBean> collectors) {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  /** By the collector that ended last. */
  private static long left(List<GarbageCollectorMXBean> collectors) {
    Set<String> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    return collectors.stream()
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

  /** A thread that collects whenever so many nanoseconds of the work beside it are done. */
  static final class Sampler extends Thread {
    private final LongUnaryOperator next;
    private final long start = System.nanoTime();
    private volatile boolean isOver;
    private long collecting;
    private long peak;
    private int collections;

    /**
     * Starts it.
     *
     * @param next the nanoseconds of work after which to collect next, of those done
     */
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
          long live = bytes().orElse(0);
          at = next.applyAsLong(from - start - collecting);
          if (!isOver) {
            peak = Math.max(peak, live);
            collections++;
            collecting += System.nanoTime() - from;
          }
        }
      }
    }

    /** Ends it: the nanoseconds since the beginning in which nothing was collected. */
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

    /** The most that a collection left while the work was going on; 0 for none. */
    long peak() {
      return peak;
    }

    /** How many there were. */
    int collections() {
      return collections;
    }
  }
}
