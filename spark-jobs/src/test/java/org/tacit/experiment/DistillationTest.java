package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;

/** Distilled digits at a small size. */
class DistillationTest {
  private static final String SMALL = "train = 0.1, steps = 15, descent = [20, 200]";

  @TempDir Path folder;

  @Test
  void imagesAreLearnedAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("distillation", SMALL);
    double first = (double) findings.numbers().get("firstTrainingLoss");
    assertThat((double) findings.numbers().get("trainingLoss")).isLessThan(0.5 * first);
    assertThat((double) findings.numbers().get("testAccuracy")).isGreaterThan(0.7);
    Findings again = SmallExperiments.findings("distillation", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }

  @Test
  void everyWayIsTheSlopeOfTheTrainingLoss() {
    Samples digits = Classes.of(4, 60, 20, 3, 1);
    DistilledModel model = new DistilledModel(digits, 3, 1e-2);
    Matrix images = new Samples(digits.features(), digits.labels()).features();
    Matrix theta = Matrix.column(java.util.Arrays.copyOf(images.toArray(), 60)).times(3);
    Matrix way = theta.map(Math::sin);
    double h = 1e-4;
    double slope =
        (model.implicit(theta.plus(h, way)).loss() - model.implicit(theta.plus(-h, way)).loss())
            / (2 * h);
    assertThat(Math.abs(slope)).isGreaterThan(1e-3);
    var steps = model.descent(theta, 3000);
    double tolerance = 1e-5 * Math.abs(slope);
    var close = Assertions.within(tolerance);
    assertThat(model.implicit(theta).gradient().dot(way)).isCloseTo(slope, close);
    Matrix w = model.descended(theta, steps);
    assertThat(model.at(theta, w).gradient().dot(way)).isCloseTo(slope, close);
    assertThat(model.unrolled(theta, steps).gradient().dot(way)).isCloseTo(slope, close);
  }

  @Test
  void idxFilesAreRowsOfPixels() throws IOException {
    write("t10k-images-idx3-ubyte.gz", 0x803, new int[] {2, 1, 3}, new int[] {0, 9, 255, 4, 5, 6});
    write("t10k-labels-idx1-ubyte.gz", 0x801, new int[] {2}, new int[] {7, 1});
    Samples read = Idx.ofFolder(folder.toString());
    assertThat(read.features()).isEqualTo(Matrix.of(2, 3, 0, 9, 255, 4, 5, 6));
    assertThat(read.labels()).isEqualTo(Matrix.column(7, 1));
    write("t10k-labels-idx1-ubyte.gz", 0x801, new int[] {3}, new int[] {7, 1});
    Assertions.assertThatThrownBy(() -> Idx.ofFolder(folder.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("2 bytes (must be 3)");
  }

  private void write(String name, int magic, int[] shape, int[] bytes) throws IOException {
    try (var out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))))) {
      out.writeInt(magic);
      for (int length : shape) {
        out.writeInt(length);
      }
      for (int value : bytes) {
        out.write(value);
      }
    }
  }
}
