package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacit.experiment.Adaptation.found;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Table;

/** Implicit MAML on sines at a small size. */
class MetaLearningTest {
  private static final String SMALL =
      "hidden = 5, tasks = 8, points = 5, queries = 8, steps = 30, rate = 3e-2, seeds = 2";

  @Test
  void metaTrainingHelpsAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("meta-learning", SMALL);
    assertThat((double) findings.numbers().get("meanRatio")).isLessThan(0.9);
    Findings again = SmallExperiments.findings("meta-learning", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }

  @Test
  void implicitGradientsAreThoseOfDifferencesAndFirstOrderOnesAreNot() {
    SineTasks tasks = new SineTasks(5, 8);
    RowNetwork network = RowNetwork.of(1, 4, 4, 1);
    Adaptation adaptation = new Adaptation(network, tasks, 2);
    Random random = new Random(3);
    Matrix theta = network.random(random);
    Matrix direction = network.random(random);
    Table table = tasks.draw(6, random);
    double h = 1e-5;
    double ahead = found(adaptation.error(), table, theta.plus(h, direction)).value();
    double behind = found(adaptation.error(), table, theta.plus(-h, direction)).value();
    double difference = (ahead - behind) / (2 * h);
    double implicit = found(adaptation.implicit(), table, theta).dot(direction);
    double firstOrder = found(adaptation.firstOrder(), table, theta).dot(direction);
    assertThat(Math.abs(difference)).isGreaterThan(1e-2);
    assertThat(Math.abs(implicit / difference - 1)).isLessThan(1e-6);
    assertThat(Math.abs(firstOrder / difference - 1)).isGreaterThan(1e-2);
  }
}
