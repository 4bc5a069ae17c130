package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

class CandidatesTest {
  private static final List<Candidates.Range> BOX =
      List.of(Candidates.Range.linear(-2, 4), Candidates.Range.log(0.01, 100));

  @Test
  void aGridIsEveryCombinationInOrder() {
    assertThat(
            Candidates.grid(
                    List.of(Candidates.Range.linear(0, 1), Candidates.Range.linear(5, 7)), 3)
                .thetas())
        .containsExactlyElementsOf(
            Stream.of(0.0, 0.5, 1.0)
                .flatMap(a -> Stream.of(5.0, 6.0, 7.0).map(b -> Matrix.column(a, b)))
                .toList());
    List<Matrix> powers = Candidates.grid(List.of(Candidates.Range.log(0.01, 100)), 5).thetas();
    for (int i = 0; i < 5; i++) {
      assertThat(powers.get(i).value()).isCloseTo(Math.pow(10, i - 2), within(1e-12 * 100));
    }
  }

  @Test
  void drawsAreOfTheirSeedAndWithinTheirRanges() {
    for (Candidates all : List.of(Candidates.random(BOX, 200, 3), Candidates.sobol(BOX, 200, 3))) {
      assertThat(all.count()).isEqualTo(200);
      assertThat(all.thetas())
          .allMatch(t -> t.at(0) >= -2 && t.at(0) <= 4 && t.at(1) >= 0.01 && t.at(1) <= 100);
      long low = all.thetas().stream().filter(t -> t.at(1) < 1).count();
      assertThat(low).as("half of a log range is below its middle").isBetween(80L, 120L);
    }
    assertThat(Candidates.random(BOX, 9, 3).thetas())
        .isEqualTo(Candidates.random(BOX, 9, 3).thetas())
        .isNotEqualTo(Candidates.random(BOX, 9, 4).thetas());
    assertThat(Candidates.sobol(BOX, 9, 3).thetas())
        .isEqualTo(Candidates.sobol(BOX, 9, 3).thetas())
        .isNotEqualTo(Candidates.sobol(BOX, 9, 4).thetas());
  }

  @Test
  void sobolPointsFillEveryEighthOfASide() {
    List<Matrix> all =
        Candidates.sobol(
                List.of(Candidates.Range.linear(0, 8), Candidates.Range.linear(0, 8)), 64, 1)
            .thetas();
    for (int side = 0; side < 2; side++) {
      for (int eighth = 0; eighth < 8; eighth++) {
        int at = side;
        int from = eighth;
        assertThat(all.stream().filter(t -> (int) t.at(at) == from).count()).isBetween(6L, 10L);
      }
    }
  }

  @Test
  void aPathBeginsWithTheStrongestPenalties() {
    Candidates all =
        Candidates.list(Stream.of(-1.0, 3.0, -4.0, 3.0).map(t -> Matrix.column(t, 0)).toList());
    assertThat(all.path()).containsExactly(1, 3, 0, 2);
  }

  @Test
  void whatIsNoCandidateIsRefused() {
    assertThatThrownBy(() -> Candidates.Range.log(0, 1))
        .hasMessage("Invalid range: 0.0 to 1.0 (must be finite, low <= high, and above zero)");
    assertThatThrownBy(() -> Candidates.Range.linear(1, 0))
        .hasMessage("Invalid range: 1.0 to 0.0 (must be finite, low <= high)");
    assertThatThrownBy(() -> Candidates.list(List.of()))
        .hasMessage("Invalid candidates: none (must be one at least)");
    assertThatThrownBy(() -> Candidates.random(BOX, 0, 1))
        .hasMessage("Invalid candidates: 0 (must be >= 1)");
    assertThatThrownBy(() -> Candidates.list(List.of(Matrix.column(1, 2), Matrix.column(1))))
        .hasMessage("Invalid candidate: 1 x 1 [1.0] (must be 2 x 1, of finite numbers)");
  }
}
