package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Live bytes of work that is shorter than a collection. */
class CostTest {
  private static final int HELD = 40_000_000;

  /** Held in the first half of the work, thrown away in the second. */
  @Test
  void whatShortWorkHoldsIsNotMissed() {
    Cost<Double> cost =
        Cost.of(
            () -> {
              byte[] held = new byte[HELD];
              double work = worked();
              held[7] = (byte) work;
              work += held[7];
              held = new byte[0];
              return work + worked() + held.length;
            });
    assertThat(cost.bytes().orElseThrow()).isBetween(HELD - 2_000_000L, HELD + 5_000_000L);
    assertThat(cost.seconds()).isPositive();
  }

  /** Memory that is let go at once is not held. */
  @Test
  void whatWorkOnlyTouchesDoesNotCount() {
    Cost<Integer> cost =
        Cost.of(
            () -> {
              int length = 0;
              for (int i = 0; i < 2_000; i++) {
                length += new byte[100_000].length;
              }
              return length;
            });
    assertThat(cost.value()).isEqualTo(200_000_000);
    assertThat(cost.bytes().orElse(0)).isLessThan(5_000_000);
  }

  /** What was there before and is let go of by the work does not hide what the work holds. */
  @Test
  void whatWorkLetsGoOfIsNotTakenOff() {
    AtomicReference<byte[]> before = new AtomicReference<>(new byte[HELD]);
    Cost<Double> cost =
        Cost.of(
            () -> {
              before.set(new byte[0]);
              byte[] held = new byte[HELD];
              double work = worked();
              held[7] = (byte) work;
              return work + held[7];
            });
    assertThat(cost.bytes().orElseThrow()).isBetween(HELD - 2_000_000L, HELD + 5_000_000L);
  }

  /** A stage of a hundredth of the time is seen like one alone. */
  @Test
  void shortStagesAreMeasuredAsLongOnes() {
    Function<byte[], Double> second =
        held -> {
          byte[] more = new byte[HELD];
          more[7] = (byte) Math.sin(held[7]);
          double work = worked(30_000);
          return work + more[7];
        };
    Cost<Double> cost =
        Cost.of(
                () -> {
                  byte[] small = new byte[1000];
                  small[7] = (byte) worked();
                  return small;
                })
            .and(Cost::of, second);
    assertThat(cost.bytes().orElseThrow()).isBetween(HELD - 2_000_000L, HELD + 5_000_000L);
  }

  /**
   * Nothing held is not a small number: it is not known. What other threads of this JVM make
   * meanwhile only adds, and not each time.
   */
  @Test
  void whatIsBelowTheResolutionIsAbsent() {
    assertThat(Stream.generate(() -> Cost.of(CostTest::worked)).limit(3))
        .anyMatch(cost -> cost.bytes().isEmpty());
  }

  private static double worked() {
    return worked(1_000_000);
  }

  private static double worked(int count) {
    double sum = 0;
    for (int i = 1; i < count; i++) {
      sum += Math.sin(i);
    }
    return sum;
  }
}
