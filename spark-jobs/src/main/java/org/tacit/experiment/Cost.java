package org.tacit.experiment;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a piece of work costs: its seconds, and the most bytes of the heap that were live at once
 * beyond those that it leaves live.
 *
 * <p>Live bytes are what full collections left ({@link LiveHeap}), {@value #PHASES} of them at
 * equal distances over the work: what is held for a shorter part of it than one of these may be
 * missed, so that work of different stages is measured stage by stage. Collections begin after 4
 * seconds, and their time is taken off. Shorter work is done again, warm, for its seconds, which
 * are the median's, and then for its bytes, as often as it takes for half as many collections to
 * happen in it; work of 4 to 20 seconds once more. What is left live is the least that any time
 * left, since a thread may hold on to its last task by chance.
 *
 * @param seconds from beginning to end, less those of full collections
 * @param bytes empty where nothing was collected, or nothing seen above {@value #RESOLUTION}, which
 *     collections differ by where nothing is done
 * @param value what the work returned
 */
record Cost<T>(double seconds, OptionalLong bytes, T value) {
  private static final int PHASES = 25;
  private static final int MOST_DENSE = 40;
  private static final double GOLDEN = 0.6180339887498949;
  private static final int RESTS = 3;
  private static final long RESOLUTION = 10_000;
  private static final long CLEAN = 4_000_000_000L;
  private static final long LONG = 5 * CLEAN;
  private static final long WARM = 1_000_000_000L;
  private static final int MOST_WARM = 15;

  private static long never(long nanos) {
    return Long.MAX_VALUE;
  }

  /** Does the work, at least once, in this thread. */
  static <T> Cost<T> of(Supplier<T> work) {
    Run<T> run = Run.of(work, done -> Math.max(CLEAN, done + done / PHASES));
    long rest = rest();
    boolean isShort = run.nanos < CLEAN;
    long length = isShort ? warm(work, run.nanos) : run.nanos;
    int runs = isShort ? MOST_DENSE : length < LONG ? 1 : 0;
    long peak = run.peak;
    int seen = 0;
    for (int r = 0; r < runs && 2 * seen < PHASES; r++) {
      double offset = (0.5 + GOLDEN * r) % 1;
      Run<T> again = Run.of(work, done -> phase(offset, length, done));
      peak = Math.max(peak, again.peak);
      seen += again.collections;
      rest = Math.min(rest, r < RESTS ? rest() : rest);
    }
    OptionalLong bytes =
        peak - RESOLUTION > rest ? OptionalLong.of(peak - rest) : OptionalLong.empty();
    return new Cost<>(1e-9 * length, bytes, run.value);
  }

  /** Its seconds alone. */
  static <T> Cost<T> ofTime(Supplier<T> work) {
    Run<T> run = Run.of(work, Cost::never);
    return new Cost<>(1e-9 * run.nanos, OptionalLong.empty(), run.value);
  }

  /** With that of a further stage: seconds are added, and the larger of the bytes is the peak. */
  <R> Cost<R> and(Function<Supplier<R>, Cost<R>> measure, Function<T, R> stage) {
    Cost<R> next = measure.apply(() -> stage.apply(value));
    long[] both = LongStream.concat(bytes.stream(), next.bytes.stream()).toArray();
    return new Cost<>(seconds + next.seconds, Arrays.stream(both).max(), next.value);
  }

  /** What is live when work has ended: the least of some collections, until threads have let go. */
  private static long rest() {
    return IntStream.range(0, RESTS)
        .mapToLong(r -> LiveHeap.bytes().orElse(Long.MAX_VALUE))
        .min()
        .orElseThrow();
  }

  /** The median time of runs more, about a second of them, or one. */
  private static long warm(Supplier<?> work, long first) {
    int runs = (int) Math.min(MOST_WARM, 1 + WARM / first);
    long[] nanos =
        IntStream.range(0, runs).mapToLong(r -> Run.of(work, Cost::never).nanos).sorted().toArray();
    return nanos[nanos.length / 2];
  }

  /** The next of the phases offset, offset + 1, ... of work of a length. */
  private static long phase(double offset, long length, long done) {
    double after = (double) done / length * PHASES;
    return (long) ((offset + Math.max(0, Math.floor(after - offset) + 1)) * length / PHASES);
  }

  /** Work done once beside a thread that collects. */
  private record Run<T>(long nanos, long peak, int collections, T value) {
    static <T> Run<T> of(Supplier<T> work, LongUnaryOperator next) {
      LiveHeap.Sampler sampler = new LiveHeap.Sampler(next);
      T value;
      long nanos;
      try {
        value = work.get();
      } finally {
        nanos = sampler.nanos();
      }
      return new Run<>(nanos, sampler.peak(), sampler.collections(), value);
    }
  }
}
