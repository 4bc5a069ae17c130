package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Figure 3 at a small size. */
class PrecisionTest {
  private static final String SMALL = "iterations = 1000, points = 12";

  @Test
  void implicitErrorsKeepTheBoundAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("precision", SMALL);
    assertThat(findings.numbers())
        .containsEntry("points", 12)
        .containsEntry("pointsWithinTheBound", 12L)
        .hasEntrySatisfying(
            "mostUnrolledToImplicit", ratio -> assertThat((double) ratio).isGreaterThan(4));
    Findings again = SmallExperiments.findings("precision", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }
}
