package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tacit.spark.RoundTrip;

class SplitTest {
  private static long count(Split split, Part part, long rows) {
    return LongStream.range(0, rows).filter(row -> split.isIn(part, row)).count();
  }

  @Test
  void rowsBelongToThePartThatHasTheirRemainder() {
    Split split = Split.modulo(4, Map.of(Part.TRAIN, List.of(0, 1), Part.VALIDATION, List.of(2)));
    assertThat(LongStream.range(0, 8).filter(row -> split.isIn(Part.TRAIN, row)))
        .containsExactly(0L, 1L, 4L, 5L);
    assertThat(LongStream.range(0, 8).filter(row -> split.isIn(Part.VALIDATION, row)))
        .containsExactly(2L, 6L);
    assertThat(count(split, Part.TEST, 8)).isZero();
  }

  @Test
  void fractionsAreDrawnByRowAndSeed() {
    Split split = Split.fractions(7, List.of(0.6, 0.3, 0.1));
    assertThat(count(split, Part.TRAIN, 100_000) / 100_000.0).isCloseTo(0.6, within(0.01));
    assertThat(count(split, Part.VALIDATION, 100_000) / 100_000.0).isCloseTo(0.3, within(0.01));
    assertThat(count(split, Part.TEST, 100_000) / 100_000.0).isCloseTo(0.1, within(0.01));
    long all = 0;
    for (Part part : Part.values()) {
      all += count(split, part, 1000);
    }
    assertThat(all).isEqualTo(1000);
    Split again = Split.fractions(7, List.of(0.6, 0.3, 0.1));
    Split other = Split.fractions(8, List.of(0.6, 0.3, 0.1));
    assertThat(
            LongStream.range(0, 1000)
                .allMatch(r -> split.isIn(Part.TRAIN, r) == again.isIn(Part.TRAIN, r)))
        .isTrue();
    assertThat(
            LongStream.range(0, 1000)
                .allMatch(r -> split.isIn(Part.TRAIN, r) == other.isIn(Part.TRAIN, r)))
        .isFalse();
  }

  @Test
  void impossibleSplitsAreRefused() {
    assertThatThrownBy(() -> Split.modulo(0, Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("Invalid data.split.modulo: 0 (must be >= 1)");
    assertThatThrownBy(() -> Split.modulo(4, Map.of(Part.TEST, List.of(4))))
        .hasMessage("Invalid data.split.test: 4 (must be >= 0 and < 4, the modulo)");
    assertThatThrownBy(() -> Split.modulo(4, Map.of(Part.TRAIN, List.of(1, 1))))
        .hasMessage("Invalid data.split.train: 1 twice (must be in one part only)");
    assertThatThrownBy(() -> Split.fractions(1, List.of(0.5, 0.6)))
        .hasMessageContaining("Invalid data.split.fraction: [0.5, 0.6]");
    assertThatThrownBy(() -> Split.fractions(1, List.of(-0.5)))
        .hasMessage("Invalid data.split.fraction: -0.5 (must be >= 0 and <= 1)");
  }

  @Test
  void splitsArriveWhole() {
    Split split = Split.fractions(7, List.of(0.6, 0.3));
    assertThat(RoundTrip.JAVA.of(split)).usingRecursiveComparison().isEqualTo(split);
  }
}
