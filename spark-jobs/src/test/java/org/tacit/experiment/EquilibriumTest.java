package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A fixed point a digit at a small size. */
class EquilibriumTest {
  private static final String SMALL = "units = 20, epochs = 6, seeds = 1, depths = [128]";

  @Test
  void gradientsOfAFixedPointTrainAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("equilibrium", SMALL);
    assertThat((double) findings.numbers().get("errorPercentImplicit")).isLessThan(20);
    assertThat((double) findings.numbers().get("mostErrorOfGradients")).isLessThan(1e-2);
    Findings again = SmallExperiments.findings("equilibrium", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }
}
