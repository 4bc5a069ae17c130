package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.result.ResultFile;

/** What is said of gradients, and what is drawn. */
class ComparisonTest {
  private static final Comparison.Curve CURVE =
      new Comparison.Curve("chart", "implicit", Look.IMPLICIT);
  private static final Comparison.Found EXACT = found(1, true);

  private final Comparison comparison = new Comparison(SmallExperiments.unmeasured(), "steps");

  private static Comparison.Found found(double gradient, boolean isSolved) {
    return new Comparison.Found(2, Matrix.scalar(gradient), isSolved);
  }

  private void add(int at, OptionalLong bytes, Comparison.Found found) {
    comparison.add(CURVE, at, new Cost<>(0.5, bytes, found), EXACT);
  }

  @Test
  void gradientsThatAreNotThereAreCounted() {
    add(1, OptionalLong.of(7), found(1.005, true));
    add(2, OptionalLong.of(7), found(1.02, true));
    add(3, OptionalLong.of(7), found(Double.NaN, true));
    add(4, OptionalLong.of(7), found(1.005, false));
    assertThat(comparison.to(new Findings()).numbers())
        .containsEntry("gradientsOffByMoreThanOnePercent", 3L)
        .containsEntry("unsolvedSystems", 1.0);
  }

  /** Memory that could not be measured is no number, and no point. */
  @Test
  void whatIsUnknownIsLeftOut() {
    add(1, OptionalLong.of(7_000_000), found(1.1, true));
    add(2, OptionalLong.empty(), found(1.2, true));
    Findings findings = comparison.to(new Findings());
    assertThat(findings.costs())
        .containsEntry("chart, 1 steps, implicit, peak bytes", 7_000_000L)
        .containsKey("chart, 2 steps, implicit, seconds")
        .doesNotContainKey("chart, 2 steps, implicit, peak bytes");
    assertThat(pictures(findings)).contains("gradients.png", "costs-memory.png");
  }

  @Test
  void picturesOfNothingAreNotDrawn() {
    add(1, OptionalLong.empty(), found(1, true));
    add(2, OptionalLong.empty(), found(1, true));
    assertThat(pictures(comparison.to(new Findings())))
        .contains("costs-seconds.png")
        .doesNotContain("costs-memory.png", "gradients.png");
  }

  private static List<String> pictures(Findings findings) {
    return findings.files().stream().map(ResultFile::name).toList();
  }
}
