package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What axes name. */
class TicksTest {
  @Test
  void decadesAreNamedWhereThereAreThree() {
    assertThat(Ticks.logarithmic(0.005, 20).labels()).containsExactly("0.01", "0.1", "1", "10");
    assertThat(Ticks.logarithmic(100, 10_000).labels()).containsExactly("100", "1000", "10,000");
    assertThat(Ticks.logarithmic(2e-9, 5).labels())
        .containsExactly("10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1");
    assertThat(Ticks.logarithmic(1e-12, 2e4).labels())
        .containsExactly("10⁻¹²", "10⁻⁸", "10⁻⁴", "1", "10⁴");
  }

  /** Of less than two decades the axis names 1, 2 and 5 times powers of ten. */
  @Test
  void shortRangesHaveTwoAndFive() {
    assertThat(Ticks.logarithmic(0.06, 0.7).labels()).containsExactly("0.1", "0.2", "0.5");
    assertThat(Ticks.logarithmic(100, 3000).labels())
        .containsExactly("100", "200", "500", "1000", "2000");
    assertThat(Ticks.logarithmic(3e-5, 4e-4).labels()).containsExactly("5·10⁻⁵", "10⁻⁴", "2·10⁻⁴");
  }

  /** Where not even these are there, the values are as of a straight axis. */
  @Test
  void shortestRangesHaveEvenValues() {
    assertThat(Ticks.logarithmic(2.1, 4.4).labels()).containsExactly("2.5", "3", "3.5", "4");
    assertThat(Ticks.logarithmic(1.1e-4, 1.7e-4).labels())
        .containsExactly("1.2·10⁻⁴", "1.4·10⁻⁴", "1.6·10⁻⁴");
  }

  @Test
  void straightAxesHaveRoundValues() {
    assertThat(Ticks.straight(1, 30).labels()).containsExactly("5", "10", "15", "20", "25", "30");
    assertThat(Ticks.straight(-5, 5).labels()).containsExactly("-4", "-2", "0", "2", "4");
    assertThat(Ticks.straight(97.1, 97.4).labels()).containsExactly("97.1", "97.2", "97.3", "97.4");
  }

  @Test
  void everyRangeHasThreeToNineValuesInside() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double lo = Math.pow(10, 12 * random.nextDouble() - 8);
      double hi = lo * Math.pow(10, 0.02 + (i % 2 == 0 ? 12 : 1) * random.nextDouble());
      for (Ticks ticks : new Ticks[] {Ticks.logarithmic(lo, hi), Ticks.straight(lo, hi)}) {
        assertThat(ticks.values()).as("%s to %s", lo, hi).hasSizeBetween(3, 9);
        assertThat(ticks.labels()).doesNotHaveDuplicates();
        assertThat(ticks.values())
            .allSatisfy(v -> assertThat(v).isBetween(lo - 1e-6 * (hi - lo), hi + 1e-6 * (hi - lo)));
      }
    }
  }
}
