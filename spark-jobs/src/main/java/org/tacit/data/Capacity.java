package org.tacit.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * What the driver has room for. Solvers, their memory and certificates keep some 64 vectors of the
 * unknowns, so that a feature (of each class) takes half a kilobyte, whatever the rows are; sizes
 * that data or settings ask for are held against this before anything is allocated.
 *
 * @param heapBytes the heap of the driver
 */
record Capacity(long heapBytes) implements Serializable {
  private static final long BYTES_AN_UNKNOWN = 64 * Double.BYTES;

  static Capacity ofThisJvm() {
    return new Capacity(Runtime.getRuntime().maxMemory());
  }

  /** The largest number of unknowns. */
  int unknowns() {
    return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(1, heapBytes / BYTES_AN_UNKNOWN));
  }

  /** Throws when {@code features} of {@code classes} are more than there is room for. */
  void require(String key, String what, long features, long classes) {
    if (features > unknowns()
        || Math.multiplyHigh(features, classes) != 0
        || features * classes > unknowns()) {
      throw new DataException(
          key,
          String.format(
              Locale.ROOT,
              "Too many %s: %d%s (must be <= %d in all: %s)",
              what,
              features,
              classes > 1 ? " features x " + classes + " classes" : "",
              unknowns(),
              remedy()));
    }
  }

  /** Where the bound comes from, and what moves it. */
  String remedy() {
    return String.format(
        Locale.ROOT,
        "the driver's heap is %,d MB; mend the data, or raise TACIT_MEMORY or spark.driver.memory",
        heapBytes >> 20);
  }
}
