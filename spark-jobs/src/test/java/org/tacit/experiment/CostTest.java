package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(cost.bytes()).isBetween(HELD - 2_000_000L, HELD + 5_000_000L);
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
    assertThat(cost.bytes()).isLessThan(5_000_000);
  }

  private static double worked() {
    double sum = 0;
    for (int i = 1; i < 3_000_000; i++) {
      sum += Math.sin(i);
    }
    return sum;
  }
}
