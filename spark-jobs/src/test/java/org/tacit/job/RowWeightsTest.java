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
import org.tacit.spark.SparkExtension;

/** Weights of sources in theta, from the configuration to the result. */
@ExtendWith(SparkExtension.class)
class RowWeightsTest {
  private static final String CONF =
      """
      data { format = csv, path = a.csv, label = y, keys = [source], features = [a, b]
             split { modulo = 4, train = [0, 1], validation = 2, test = 3 } }
      model { loss = squared, intercept = true, weights { by = source, count = 3 } }
      theta = -3
      engine = in-process
      """;

  @TempDir private Path folder;

  /** The training rows of source 2 have labels that say nothing. */
  @BeforeEach
  void write(SparkSession sharedByTheJobs) throws IOException {
    Random random = new Random(8);
    List<String> lines = new ArrayList<>(List.of("a,b,source,y"));
    for (int i = 0; i < 240; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      int source = i / 4 % 3;
      boolean isWrong = source == 2 && i % 4 < 2;
      double y = isWrong ? 3 * random.nextGaussian() : a - 2 * b + 0.1 * random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%s,%s,%d,%s", a, b, source, y));
    }
    Files.write(folder.resolve("a.csv"), lines);
    Files.writeString(folder.resolve("a.conf"), CONF);
  }

  private CommandRun run(String command, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command, folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--overwrite", "--output", folder.resolve("out").toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(new String[0]));
  }

  private JsonNode result(String command, String... settings) throws IOException {
    assertThat(run(command, settings).code()).isZero();
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  @Test
  void aSourceOfWrongLabelsLosesItsWeight() throws IOException {
    JsonNode tuned = result("tune", "outer.bounds=[-6,6]");
    assertThat(tuned.at("/names/thetas").toString()).contains("weight of source 2");
    JsonNode theta = tuned.at("/theta");
    assertThat(theta).hasSize(4);
    assertThat(theta.get(3).asDouble()).isLessThan(-3);
    assertThat(theta.get(1).asDouble()).isGreaterThan(theta.get(3).asDouble() + 2);
    assertThat(theta.get(2).asDouble()).isGreaterThan(theta.get(3).asDouble() + 2);
    JsonNode losses = tuned.at("/losses/test");
    assertThat(losses.at("/after").asDouble()).isLessThan(0.5 * losses.at("/before").asDouble());
  }

  @Test
  void aHypergradientInWeightsIsASlopeAndTheSameOnSpark() throws IOException {
    String at = "theta=[-3,0.5,-0.3,-1]";
    double found = result("hypergradient", at).at("/hypergradient/3").asDouble();
    assertThat(Math.abs(found)).isGreaterThan(1e-3);
    double h = 1e-4;
    double above = outer("theta=[-3,0.5,-0.3," + (-1 + h) + "]");
    double below = outer("theta=[-3,0.5,-0.3," + (-1 - h) + "]");
    double slope = (above - below) / (2 * h);
    assertThat(found).isCloseTo(slope, within(1e-5 * Math.abs(slope)));
    double onSpark = result("hypergradient", at, "engine=spark").at("/hypergradient/3").asDouble();
    assertThat(onSpark).isCloseTo(found, within(1e-9 * Math.abs(found)));
  }

  private double outer(String theta) throws IOException {
    return result("hypergradient", theta).at("/outerValue").asDouble();
  }

  @Test
  void keysWithoutAWeightAreRefused() {
    CommandRun tooFew = run("tune", "model.weights.count=2");
    assertThat(tooFew.code()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(tooFew.said())
        .contains(
            "Invalid model.weights.count: 2 (must be greater than every source; 40 training rows"
                + " have a larger one)");
    CommandRun noKey = run("tune", "model.weights.by=a");
    assertThat(noKey.code()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(noKey.said())
        .contains("Invalid model.weights: a is no column of keys (must be one of data.keys)");
  }
}
