package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.spark.SparkExtension;

/**
 * What users get wrong: one paragraph with offender, bound and remedy, an exit code that is not 0,
 * and nothing half-written.
 */
@ExtendWith(SparkExtension.class)
class BadInputTest {
  private static final String GOOD =
      """
      data {
        format = csv
        path = "rows.csv"
        label = y
        split { modulo = 4, train = [0, 1], validation = [2] }
      }
      model { loss = logistic, per = feature }
      theta = [-1, -2]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void rows(SparkSession session) throws IOException {
    assertThat(session.sparkContext().isStopped()).isFalse();
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(Math.sin(i))
          .append(',')
          .append(Math.cos(2 * i))
          .append(',')
          .append(i % 3 == 0 ? 1 : -1)
          .append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private record Ended(int code, String error) {}

  private Ended run(String conf, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("case.conf"), conf);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "hypergradient", file.toString(), "--output", folder.resolve("out").toString()));
    arguments.addAll(Arrays.asList(more));
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    try (PrintStream capturing = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
      System.setErr(capturing);
      int code = Tacit.run(arguments.toArray(new String[0]));
      return new Ended(code, captured.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private void assertRefused(Ended ended, String... said) throws IOException {
    assertThat(ended.code()).isNotZero();
    assertThat(ended.error()).contains(said);
    assertThat(ended.error().strip().lines()).hasSizeLessThanOrEqualTo(8);
    Path out = folder.resolve("out");
    if (Files.exists(out)) {
      try (Stream<Path> written = Files.list(out)) {
        assertThat(written).isEmpty();
      }
    }
  }

  @Test
  void theGoodConfigurationRuns() throws IOException {
    Ended ended = run(GOOD);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(folder.resolve("out/case/result.json")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.label = z | z",
        "model.los = squared | model.loss",
        "modle.loss = squared | model",
        "model.loss = hinge | squared",
        "theta = [1,2,3] | must be 2",
        "inner.tolerance = -1 | > 0",
        "inner.tolerance = loose | a number",
        "data.split.train = [7] | < 4",
        "engine = cloud | in-process",
        "model.per = class | multinomial",
        "outer.bounds = [3,1] | low < high",
        "data.split.validation = [] | validation",
      })
  void settings(String setting, String said) throws IOException {
    String key = setting.substring(0, setting.indexOf(' '));
    assertRefused(
        run(GOOD, "--set", setting), said, key.substring(key.lastIndexOf('.') + 1).strip());
  }

  @Test
  void unknownKeysAreNamedWithTheirLineAndTheNearestKnownOne() throws IOException {
    assertRefused(run(GOOD + "engin = spark\n"), "case.conf line 9", "engin", "engine");
  }

  @Test
  void missingFiles() throws IOException {
    assertRefused(run(GOOD, "--set", "data.path=nowhere.csv"), "case, setting data", "nowhere.csv");
  }

  @Test
  void missingConfiguration() {
    assertThat(Tacit.run("solve", folder.resolve("absent.conf").toString())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"oops", "NaN", "Infinity", "''"})
  void cellsThatAreNoNumbers(String cell) throws IOException {
    Path data = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    lines.set(5, "0.5," + cell + ",1");
    Files.write(data, lines);
    assertRefused(run(GOOD), "b");
    Ended dropped = run(GOOD, "--set", "data.bad-rows=drop");
    assertThat(dropped.code()).isZero();
    assertThat(Files.readString(folder.resolve("out/case/result.json")))
        .contains("\"droppedRows\" : 1");
  }

  @Test
  void labelsOutsideTheirSet() throws IOException {
    Path data = folder.resolve("rows.csv");
    Files.writeString(data, Files.readString(data) + "0.1,0.2,3\n");
    assertRefused(run(GOOD), "3", "y");
  }

  @Test
  void emptySplits() throws IOException {
    assertRefused(
        run(GOOD, "--set", "data.split.modulo=1000", "--set", "data.split.validation=[999]"),
        "validation");
  }

  @Test
  void constantColumnsWithoutPenaltyBesideAnIntercept() throws IOException {
    Path data = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, "1" + lines.get(i).substring(lines.get(i).indexOf(',')));
    }
    Files.write(data, lines);
    assertRefused(
        run(GOOD, "--set", "model.intercept=true", "--set", "theta=[-1000,-1]"),
        "column a",
        "intercept");
  }

  @Test
  void existingOutputIsKept() throws IOException {
    assertThat(run(GOOD).code()).isZero();
    Path result = folder.resolve("out/case/result.json");
    Files.writeString(result, "mine");
    Ended again = run(GOOD);
    assertThat(again.code()).isNotZero();
    assertThat(again.error()).contains("Existing output", "--overwrite");
    assertThat(Files.readString(result)).isEqualTo("mine");
    assertThat(run(GOOD, "--overwrite").code()).isZero();
    assertThat(Files.readString(result)).contains("hypergradient");
  }
}
