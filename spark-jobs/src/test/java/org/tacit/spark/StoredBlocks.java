package org.tacit.spark;

import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** What the block manager of this JVM, which is driver and executor in tests, holds. */
final class StoredBlocks {
  private StoredBlocks() {}

  /** Bytes in memory that broadcasts take, task closures included. */
  static long broadcastBytes() {
    return ids(true).stream().mapToLong(StoredBlocks::bytes).sum();
  }

  /** How many partitions of RDDs are cached. */
  static int cachedPartitions() {
    return ids(false).size();
  }

  /** Loses every cached partition, as a lost executor would. */
  static void loseCachedPartitions() {
    ids(false).forEach(id -> manager().removeBlock(id, true));
  }

  /** Spins until {@code condition} holds, for ten seconds at most. */
  static boolean eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
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

  private static java.util.Collection<BlockId> ids(boolean broadcast) {
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
