package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.spark.SparkExtension;

/** Models of every family, their hypergradients held to central differences of re-solved jobs. */
@ExtendWith(SparkExtension.class)
class LossJobsTest {
  private static final int ROWS = 90;
  private static final double[] THETA = {-2, -3, -1.5};
  private static final double[] DIRECTION = {1, -0.6, 0.4};

  @TempDir private Path folder;

  /** Labels by name of the column: a real one, a count, a positive one, a sign, a class. */
  @BeforeEach
  void writeData(SparkSession sharedByTheJobs) throws IOException {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("a,b,c,real,count,positive,sign,class"));
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double c = random.nextGaussian();
      double score = 0.8 * a - 0.5 * b + 0.3 * c;
      double heavy = 0.3 * random.nextGaussian() / (0.1 + random.nextDouble());
      double count = Math.floor(Math.exp(score) + 2 * random.nextDouble());
      double positive = Math.exp(score) * (0.2 + random.nextDouble());
      int sign = score + 0.7 * random.nextGaussian() > 0 ? 1 : -1;
      int kind = (score > 0.4 ? 2 : score < -0.4 ? 0 : 1) * Math.min(1, random.nextInt(8));
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%s,%s,%s,%d,%d",
              a,
              b,
              c,
              score + heavy,
              count,
              positive,
              sign,
              kind));
    }
    Files.write(folder.resolve("rows.csv"), lines);
    Files.writeString(
        folder.resolve("a.conf"),
        """
        data { path = rows.csv, features = [a, b, c], split { modulo = 3, train = [0, 1], validation = 2 } }
        model { per = feature, intercept = true }
        inner.tolerance = 1e-13
        linear.tolerance = 1e-13
        engine = in-process
        """);
  }

  private JsonNode run(String label, String losses, double step) throws IOException {
    List<Double> theta = new ArrayList<>();
    for (int j = 0; j < THETA.length; j++) {
      theta.add(THETA[j] + step * DIRECTION[j]);
    }
    List<String> arguments =
        new ArrayList<>(
            List.of("hypergradient", folder.resolve("a.conf").toString(), "--overwrite"));
    arguments.addAll(List.of("--output", folder.resolve("out").toString()));
    arguments.addAll(List.of("--set", "theta=" + theta, "--set", "data.label=" + label));
    for (String setting : losses.split(" ", -1)) {
      arguments.addAll(List.of("--set", setting));
    }
    assertThat(Tacit.run(arguments.toArray(new String[0]))).isZero();
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  @ParameterizedTest
  @CsvSource({
    "real, model.loss=huber model.delta=0.5",
    "real, model.loss=huber outer.loss=absolute",
    "real, model.loss=absolute model.smoothing=0.2",
    "real, model.loss=quantile model.quantile=0.8 model.smoothing=0.3",
    "sign, model.loss=squared-hinge outer.loss=hinge",
    "sign, model.loss=smoothed-hinge model.smoothing=2 outer.loss=logistic",
    "sign, model.loss=sparsemax outer.loss=perceptron",
    "class, model.loss=multiclass-sparsemax outer.loss=multinomial",
    "class, model.loss=multinomial outer.loss=multiclass-hinge",
    "count, model.loss=poisson",
    "count, model.loss=tweedie model.power=1.4 outer.loss=poisson",
    "positive, model.loss=gamma outer.loss=squared",
  })
  void hypergradientsAreThoseOfResolvedJobs(String label, String losses) throws IOException {
    JsonNode here = run(label, losses, 0);
    assertThat(here.get("outcome").asText()).isEqualTo("converged");
    double found = 0;
    for (int j = 0; j < DIRECTION.length; j++) {
      found += DIRECTION[j] * here.get("hypergradient").get(j).asDouble();
    }
    double h = 1e-5;
    double slope =
        (run(label, losses, h).get("outerValue").asDouble()
                - run(label, losses, -h).get("outerValue").asDouble())
            / (2 * h);
    assertThat(Math.abs(slope)).isGreaterThan(1e-3);
    assertThat(found).isCloseTo(slope, within(1e-5 * Math.abs(slope)));
  }

  @Test
  void hubersModelOfAWideDeltaIsLeastSquares() throws IOException {
    JsonNode result = run("real", "model.loss=huber model.delta=1e6 outer.loss=squared", 0);
    JsonNode squared = run("real", "model.loss=squared", 0);
    for (int j = 0; j < THETA.length; j++) {
      double expected = squared.at("/solution/coefficients").get(j).asDouble();
      assertThat(result.at("/solution/coefficients").get(j).asDouble())
          .isCloseTo(expected, within(1e-10));
    }
  }
}
