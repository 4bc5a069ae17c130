package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Packings at a small size: differences say what is right, certificates the rest. */
class PackingTest {
  private static final String SMALL = "spheres = 16, starts = 3, iterations = 40";

  @Test
  void derivativesAreDifferencesAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("packing", SMALL);
    assertThat(findings.numbers())
        .containsEntry("starts", 3)
        .hasEntrySatisfying("matching", count -> assertThat((int) count).isGreaterThan(1))
        .hasEntrySatisfying(
            "largestErrorOfMatching", error -> assertThat((double) error).isBetween(1e-15, 1e-6));
    assertThat(findings.numbers()).containsEntry("trustedButOff", 0L);
    Findings again = SmallExperiments.findings("packing", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }
}
