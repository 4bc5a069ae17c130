package org.tacit.matrix;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether this JVM has computed so much that loops in lanes pay.
 *
 * <p>Until the compiler has put machine instructions in their place, the Vector API makes an object
 * of every vector: it takes some hundred times as long as plain loops, and then a second to
 * compile. Small jobs end before. Every set gives the same bits, so that results do not depend on
 * when this is over.
 */
final class WarmUp {
  /** Multiply-adds that plain loops do in some 0.2 s. */
  private static final long ENOUGH = 1L << 28;

  private static final AtomicLong DONE = new AtomicLong();

  /** Read without a fence: a call more in plain loops does no harm. */
  private static boolean isOver;

  private WarmUp() {}

  /** Counts the multiply-adds that are asked for next. */
  static boolean isOver(long operations) {
    if (!isOver && DONE.addAndGet(operations) > ENOUGH) {
      isOver = true;
    }
    return isOver;
  }
}
