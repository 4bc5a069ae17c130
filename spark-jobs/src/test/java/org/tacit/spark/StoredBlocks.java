package org.tacit.spark;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * What the block manager of this JVM, which is driver and executor in tests, holds beyond what it
 * held at some moment. Other tests' blocks, which Spark's cleaner removes when it likes, are not
 * counted: Spark uses no number of a broadcast or an RDD twice.
 */
final class StoredBlocks {
  private final Set<BlockId> before;

  private StoredBlocks(Set<BlockId> before) {
    this.before = before;
  }

  /** Those that will be stored from now on. */
  static StoredBlocks fromNow() {
    var all = new HashSet<BlockId>(ids(true));
    all.addAll(ids(false));
    return new StoredBlocks(all);
  }

  /** Bytes in memory that broadcasts take, task closures included. */
  long broadcastBytes() {
    return since(true).mapToLong(StoredBlocks::bytes).sum();
  }

  /** How many partitions of RDDs are cached. */
  int cachedPartitions() {
    return (int) since(false).count();
  }

  /** Loses every cached partition, as a lost executor would. */
  void loseCachedPartitions() {
    since(false).toList().forEach(id -> manager().removeBlock(id, true));
  }

  private Stream<BlockId> since(boolean broadcast) {
    return ids(broadcast).stream().filter(id -> !before.contains(id));
  }

  /** Waits until {@code condition} holds, for a minute at most. */
  static boolean eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return condition.getAsBoolean();
  }

  private static BlockManager manager() {
    return SparkEnv.get().blockManager();
  }

  private static long bytes(BlockId id) {
    var status = manager().getStatus(id);
    return status.isDefined() ? status.get().memSize() : 0;
  }

  private static Collection<BlockId> ids(boolean broadcast) {
    return CollectionConverters.asJavaCollection(
        manager().getMatchingBlockIds(new Kind(broadcast)));
  }

  private static final class Kind extends AbstractFunction1<BlockId, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final boolean broadcast;

    Kind(boolean broadcast) {
      this.broadcast = broadcast;
    }

    @Override
    public Object apply(BlockId id) {
      return broadcast ? id.isBroadcast() : id.isRDD();
    }
  }
}
