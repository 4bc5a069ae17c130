package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;

/** Dictionaries at a small size. */
class DictionaryTest {
  private static final String SMALL =
      "data = ../data/breast_cancer.csv, positive = 1, atoms = 3, unsupervised = 10, supervised = 10,"
          + " splits = 2";

  @Test
  void codesSeparateTheClassesAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("dictionary", SMALL);
    assertThat(findings.numbers().get("task-driven").toString()).contains("mean=9");
    Findings again = SmallExperiments.findings("dictionary", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }

  @Test
  void gradientsThroughCodesAreThoseOfDifferences() {
    Random random = new Random(4);
    double[][] x = new double[40][4];
    double[] y = new double[40];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = x[i][0] > x[i][1] ? 1 : -1;
    }
    Samples samples = Samples.of(x, y);
    Codes codes = new Codes(new Rows("rows", samples.table().schema()), 3, 0.1, 0.1, 1e-2);
    Matrix start = codes.start(samples.features(), random);
    Matrix theta = start.map(v -> v + 0.1 * random.nextGaussian());
    Matrix direction = theta.map(v -> random.nextGaussian());
    double h = 1e-6;
    double difference =
        (loss(codes, samples, theta.plus(h, direction))
                - loss(codes, samples, theta.plus(-h, direction)))
            / (2 * h);
    double slope =
        codes.found(codes.supervised, samples.table(), theta).get("gradient").dot(direction);
    assertThat(Math.abs(difference)).isGreaterThan(1e-3);
    assertThat(Math.abs(slope / difference - 1)).isLessThan(1e-5);
  }

  private static double loss(Codes codes, Samples samples, Matrix theta) {
    return codes.found(codes.supervised, samples.table(), theta).get("loss").value();
  }

  @Test
  void labelsAreOfTwoClasses() {
    Matrix labels = Matrix.column(-2, 1, 3);
    assertThat(Dictionary.signs(labels, List.of(1.0, 3.0))).isEqualTo(Matrix.column(-1, 1, 1));
    for (List<Double> wrong : List.of(List.of(4.0), List.of(-2.0, 1.0, 3.0))) {
      assertThatThrownBy(() -> Dictionary.signs(labels, wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("(must be some of the labels, and not all)");
    }
  }
}
