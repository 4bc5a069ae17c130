package org.tacit.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.tacit.matrix.Block;

/**
 * Which batch a block is in: each partition deals out its blocks in turn, beginning with a batch of
 * the seed's choice, as {@link org.tacit.pass.InProcessTable} does.
 */
final class Dealing implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] first;
  private final int count;

  private Dealing(int[] first, int count) {
    this.first = first;
    this.count = count;
  }

  static Dealing of(int partitions, int count, long seed) {
    Random random = new Random(seed);
    int[] first = new int[partitions];
    for (int p = 0; p < partitions; p++) {
      first[p] = random.nextInt(count);
    }
    return new Dealing(first, count);
  }

  /** The blocks of one batch in a partition, in their order. */
  Iterator<Block> batch(int batch, int partition, Iterator<Block> all) {
    AtomicInteger next = new AtomicInteger(first[partition]);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .filter(block -> next.getAndIncrement() % count == batch)
        .iterator();
  }

  /** The rows of each batch in a partition. */
  long[] rows(int partition, Iterator<Block> all) {
    long[] rows = new long[count];
    for (int next = first[partition]; all.hasNext(); next++) {
      rows[next % count] += all.next().rows();
    }
    return rows;
  }

  /** The rows of each batch in all partitions. */
  long[] sum(List<long[]> parts) {
    long[] rows = new long[count];
    for (long[] part : parts) {
      for (int k = 0; k < count; k++) {
        rows[k] += part[k];
      }
    }
    return rows;
  }
}
