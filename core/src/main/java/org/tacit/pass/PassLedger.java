package org.tacit.pass;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts passes, and the seconds spent in them, by phase; and the rows they read. */
public final class PassLedger {
  private final Map<String, Long> passes = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private final Optional<PassLedger> whole;
  private long rows;

  PassLedger() {
    this.whole = Optional.empty();
  }

  /** Of a part of the work that {@code whole} counts. */
  PassLedger(PassLedger whole) {
    this.whole = Optional.of(whole);
  }

  void record(String phase, double duration, long rowsRead) {
    add(phase, duration, rowsRead);
    whole.ifPresent(all -> all.record(phase, duration, rowsRead));
  }

  private synchronized void add(String phase, double duration, long rowsRead) {
    rows += rowsRead;
    passes.merge(phase, 1L, Long::sum);
    seconds.merge(phase, duration, Double::sum);
  }

  /** Passes by phase, in the order of first use. */
  public synchronized Map<String, Long> passes() {
    return new LinkedHashMap<>(passes);
  }

  /** Seconds spent in passes by phase. */
  public synchronized Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }

  /** All passes so far. */
  public synchronized long total() {
    return passes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The rows read so far, as often as they were read. */
  public synchronized long rows() {
    return rows;
  }

  /** The passes of one phase so far. */
  public synchronized long of(String phase) {
    return passes.getOrDefault(phase, 0L);
  }
}
