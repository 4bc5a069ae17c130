package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;
import org.tacit.result.Results;

class ResultsTest {
  @TempDir private Path parent;

  private Results refusing() {
    return Results.in(parent.toString(), "run", new Configuration(), false);
  }

  private Results overwriting() {
    return Results.in(parent.toString(), "run", new Configuration(), true);
  }

  private JsonNode read() throws IOException {
    return new ObjectMapper().readTree(parent.resolve("run/result.json").toFile());
  }

  private List<String> files() throws IOException {
    try (var files = Files.walk(parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> parent.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void numbersKeepEveryDigit() throws IOException {
    List<Double> numbers = List.of(0.1 + 0.2, Math.PI, Double.MIN_VALUE, -0.0, 1e300);
    refusing().write(Map.of("numbers", numbers), List.of());
    JsonNode read = read().get("numbers");
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(read.get(i).doubleValue()).isEqualTo(numbers.get(i));
    }
    assertThat(files()).containsExactly("run/result.json");
  }

  @Test
  void whatIsNoNumberIsNullEverywhere() throws IOException {
    refusing()
        .write(
            Map.of(
                "number", Double.NaN,
                "list", List.of(1.0, Double.POSITIVE_INFINITY),
                "optional", OptionalDouble.of(Double.NEGATIVE_INFINITY),
                "none", OptionalDouble.empty(),
                "text", Optional.of("x"),
                "nothing", Optional.empty()),
            List.of());
    for (String path : List.of("/number", "/list/1", "/optional", "/none", "/nothing")) {
      assertThat(read().at(path).isNull()).as(path).isTrue();
    }
    assertThat(read().at("/list/0").doubleValue()).isEqualTo(1);
    assertThat(read().get("text").asText()).isEqualTo("x");
  }

  /** Both may find nothing there; a folder renamed onto another one would be put inside it. */
  @RepeatedTest(20)
  void ofTwoThatFinishTogetherOneIsRefused() throws Exception {
    Results one = refusing();
    Results other = refusing();
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (Results each : List.of(one, other)) {
        writing.add(
            threads.submit(
                () -> {
                  together.await();
                  each.write(Map.of("number", 1.0), List.of());
                  return null;
                }));
      }
      List<Throwable> refused = new ArrayList<>();
      for (Future<?> each : writing) {
        try {
          each.get();
        } catch (ExecutionException failed) {
          refused.add(failed.getCause());
        }
      }
      assertThat(refused).hasSize(1);
      assertThat(refused.get(0)).hasMessageContaining("Existing output");
      assertThat(files()).containsExactly("run/result.json");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void listsAreWrittenBesideTheNumbers() throws IOException {
    CsvFile list =
        new CsvFile(
            "list.csv",
            List.of("name", "a", "b"),
            List.of("x, or \"y\"", "z"),
            Matrix.of(2, 2, 1, 0.1 + 0.2, Double.NaN, -2));
    refusing().write(Map.of("value", 1), List.of(list));
    assertThat(Files.readString(parent.resolve("run/list.csv")))
        .isEqualTo("name,a,b\n\"x, or \"\"y\"\"\",1.0,0.30000000000000004\nz,,-2.0\n");
  }

  @Test
  void anExistingResultIsRefusedBeforeAnyWork() throws IOException {
    refusing().write(Map.of("value", 1), List.of());
    assertThatThrownBy(this::refusing)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Existing output: "
                + parent.resolve("run")
                + " (choose another --output, replace it by --overwrite, or leave it by --skip-existing)");
    assertThat(read().get("value").intValue()).isEqualTo(1);
  }

  @Test
  void aResultThatAppearedMeanwhileIsLeftAlone() throws IOException {
    Results late = refusing();
    refusing().write(Map.of("value", 1), List.of());
    assertThatThrownBy(() -> late.write(Map.of("value", 2), List.of()))
        .isInstanceOf(ConfigException.class);
    assertThat(read().get("value").intValue()).isEqualTo(1);
    assertThat(files()).containsExactly("run/result.json");
  }

  @Test
  void aFolderOfSomethingElseIsNotReplaced() throws IOException {
    Path notes = Files.createDirectory(parent.resolve("run")).resolve("notes.txt");
    Files.writeString(notes, "mine");
    assertThatThrownBy(this::overwriting)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Not a folder of results: " + parent.resolve("run"));
    assertThat(notes).hasContent("mine");
  }

  @Test
  void anExistingResultIsReplacedWhenAsked() throws IOException {
    refusing().write(Map.of("value", 1), List.of());
    Files.writeString(parent.resolve("run/old.txt"), "");
    overwriting().write(Map.of("value", 2), List.of());
    assertThat(read().get("value").intValue()).isEqualTo(2);
    assertThat(files()).containsExactly("run/result.json");
  }

  @Test
  void aResultThatCannotBeWrittenLeavesNothing() throws IOException {
    Results results = refusing();
    assertThatThrownBy(() -> results.write(Map.of("value", new Object()), List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(files()).isEmpty();
    try (var children = Files.list(parent)) {
      assertThat(children).isEmpty();
    }
  }
}
