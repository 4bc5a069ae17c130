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

/** A column of offsets from its file to the result, and penalties of standardised columns. */
@ExtendWith(SparkExtension.class)
class OffsetTest {
  private static final int N = 48;
  private static final String CONF =
      """
      data { format = csv, path = a.csv, label = y
             split { modulo = 4, train = [0, 1], validation = 2, test = 3 } }
      model { loss = squared, intercept = true, per = feature }
      theta = [-3, -2]
      engine = in-process
      """;

  private final List<double[]> rows = new ArrayList<>();
  @TempDir private Path folder;
  private SparkSession session;

  OffsetTest() {
    Random random = new Random(5);
    for (int i = 0; i < N; i++) {
      double a = 3 * random.nextGaussian();
      double b = 100 + random.nextGaussian();
      double offset = i % 5 == 0 ? 0 : random.nextGaussian();
      rows.add(new double[] {a, b, offset, a - 0.5 * b + offset + 0.2 * random.nextGaussian()});
    }
  }

  @BeforeEach
  void write(SparkSession shared) throws IOException {
    session = shared;
    List<String> lines = new ArrayList<>(List.of("a,b,o,y,rest"));
    for (double[] row : rows) {
      lines.add(
          String.format(
              Locale.ROOT, "%s,%s,%s,%s,%s", row[0], row[1], row[2], row[3], row[3] - row[2]));
    }
    Files.write(folder.resolve("a.csv"), lines);
    Files.writeString(folder.resolve("a.conf"), CONF);
  }

  private JsonNode result(String command, String... settings) throws IOException {
    assertThat(run(command, settings).code()).isZero();
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  private CommandRun run(String command, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command, folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--overwrite", "--output", folder.resolve("out").toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(new String[0]));
  }

  private static void assertSame(JsonNode found, JsonNode expected, String... places) {
    for (String place : places) {
      assertThat(expected.at(place).isNumber()).as(place).isTrue();
      double value = expected.at(place).asDouble();
      assertThat(Math.abs(value)).as(place).isGreaterThan(1e-9);
      assertThat(found.at(place).asDouble())
          .as(place)
          .isCloseTo(value, within(1e-6 * Math.abs(value)));
    }
  }

  @Test
  void aSquaredLossTakesItFromTheLabelsOfEveryPart() throws IOException {
    JsonNode expected = result("tune", "data.exclude=[o,y]", "data.label=rest", "theta=-3");
    String[] tuned = {
      "/solution/coefficients/0",
      "/solution/intercept",
      "/theta/0",
      "/losses/train/after",
      "/losses/validation/after",
      "/losses/test/after",
      "/losses/test/before"
    };
    String[] offset = {"data.offset=o", "data.exclude=[rest]", "theta=-3"};
    assertSame(result("tune", offset), expected, tuned);
    JsonNode without = result("tune", "data.exclude=[o,rest]", "theta=-3");
    assertThat(without.at("/losses/test/after").asDouble())
        .isGreaterThan(2 * expected.at("/losses/test/after").asDouble());
  }

  @Test
  void framesHaveItToo() throws IOException {
    String parquet = folder.resolve("a.parquet").toString();
    session
        .read()
        .option("header", "true")
        .option("inferSchema", "true")
        .csv(folder.resolve("a.csv").toString())
        .coalesce(1)
        .write()
        .parquet(parquet);
    JsonNode ofText = result("hypergradient", "data.offset=o", "data.exclude=[rest]");
    JsonNode ofFrame =
        result(
            "hypergradient",
            "data.offset=o",
            "data.exclude=[rest]",
            "data.format=parquet",
            "data.path=a.parquet",
            "engine=spark");
    assertSame(
        ofFrame, ofText, "/hypergradient/0", "/hypergradient/1", "/outerValue", "/inner/objective");
  }

  @Test
  void whatCannotBeOneIsRefusedByName() throws IOException {
    assertThat(run("solve", "data.offset=q", "data.exclude=[rest]").said())
        .contains("--set data.offset=q: Missing column: q", "set data.offset");
    assertThat(run("solve", "data.offset=y").said())
        .contains("Column in two roles: y in data.label and data.offset");
    assertThat(run("solve", "data.offset=o", "data.keys=[offset]").said())
        .contains(
            "Invalid data.keys: offset (must be none of [features, label, weight, offset, row key]");
    Files.writeString(folder.resolve("a.csv"), "a,b,o,y\n1,2,3,1\n2,1,none,2\n");
    assertThat(run("solve", "data.offset=o").said()).contains("column 3 (o)", "none");
    Files.writeString(folder.resolve("a.csv"), "1 1:1\n0 1:2\n".repeat(4));
    assertThat(run("solve", "data.format=libsvm", "data.offset=o").said())
        .contains("Invalid data.offset: [o] (LibSVM files have a label and features only)");
    Files.writeString(folder.resolve("a.csv"), "a,b,o,y\n" + "1,2,3,1\n2,1,0,0\n".repeat(6));
    assertThat(run("solve", "data.offset=o", "model.loss=multinomial").said())
        .contains("--set data.offset=o: Invalid data.offset with loss multinomial");
  }

  /** exp(theta) (s w)^2 = exp(theta + 2 log s) w^2. */
  @Test
  void standardisedPenaltiesAreThoseOfOtherThetas() throws IOException {
    double[] s = {deviation(0), deviation(1)};
    String[] columns = {"data.offset=o", "data.exclude=[rest]"};
    JsonNode expected =
        result(
            "hypergradient",
            columns[0],
            columns[1],
            "theta=[" + (-3 + 2 * Math.log(s[0])) + "," + (-2 + 2 * Math.log(s[1])) + "]");
    JsonNode found = result("hypergradient", columns[0], columns[1], "model.standardise=true");
    assertSame(
        found,
        expected,
        "/hypergradient/0",
        "/hypergradient/1",
        "/outerValue",
        "/inner/objective",
        "/solution/coefficients/1",
        "/solution/intercept");
    assertThat(found.at("/theta/0").asDouble()).isEqualTo(-3);
  }

  private double deviation(int column) {
    List<double[]> train = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      if (i % 4 < 2) {
        train.add(rows.get(i));
      }
    }
    double mean = train.stream().mapToDouble(row -> row[column]).average().orElseThrow();
    double square =
        train.stream().mapToDouble(row -> Math.pow(row[column] - mean, 2)).average().orElseThrow();
    return Math.sqrt(square);
  }
}
