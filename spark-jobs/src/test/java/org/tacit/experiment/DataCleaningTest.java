package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

/** Wrong labels found by their weights, at a small size. */
class DataCleaningTest {
  @Test
  void wrongRowsAreFoundAndTwoRunsAreEqual() {
    Findings findings =
        SmallExperiments.findings("data-cleaning", "train = 0.2, validation = 0.4, iterations = 6");
    Map<String, Object> numbers = findings.numbers();
    assertThat((int) numbers.get("wrongRows")).isEqualTo(108);
    assertThat((double) numbers.get("areaUnderTheCurve")).isGreaterThan(0.85);
    assertThat((double) numbers.get("testError"))
        .isLessThan((double) numbers.get("testErrorWithoutWeights"));
    Findings again =
        SmallExperiments.findings("data-cleaning", "train = 0.2, validation = 0.4, iterations = 6");
    assertThat(again.numbers()).isEqualTo(numbers);
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }

  @Test
  void weightsAreBetweenNothingAndTwoAndBeginAtOne() {
    Matrix theta = Matrix.column(5, -40, 0, 40);
    assertThat(WeighedRows.weights(theta).toArray())
        .containsExactly(new double[] {0, 1, 2}, within(1e-15));
  }
}
