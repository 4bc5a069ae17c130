package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  /** Student's t of one degree of freedom is Cauchy's: its quantile is tan(0.475 pi). */
  @Test
  void anIntervalIsStudents() {
    Intervals intervals = new Intervals(List.of("one", "another"));
    intervals.add(100, 5);
    intervals.add(60, 5);
    Findings findings = new Findings();
    intervals.to(findings, "auc", "title", "%");
    Map<?, ?> one = (Map<?, ?>) findings.numbers().get("one");
    assertThat((Double) one.get("mean")).isEqualTo(80);
    double standardError = 40 / Math.sqrt(2) / Math.sqrt(2);
    assertThat((Double) one.get("halfWidth"))
        .isCloseTo(Math.tan(0.475 * Math.PI) * standardError, within(1e-6));
    assertThat(one.keySet().toString()).isEqualTo("[mean, halfWidth]");
  }
}
