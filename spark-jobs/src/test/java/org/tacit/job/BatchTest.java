package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.spark.SparkExtension;
import picocli.CommandLine;

/** One configuration's end is its own, and the exit code says how all of them went. */
@ExtendWith(SparkExtension.class)
class BatchTest {
  private static final String CONF =
      """
      data { path = a.csv, label = y, split { modulo = 3, train = [0, 1], validation = 2 } }
      model { loss = logistic }
      theta = -2
      engine = in-process
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeThree(SparkSession sharedByTheJobs) throws IOException {
    Files.write(
        folder.resolve("a.csv"),
        List.of("a,b,y", "1,2,1", "2,-1,-1", "0.5,1,1", "-1,1,1", "2,0.5,-1", "3,1,1"));
    for (String name : List.of("first", "bad", "last")) {
      Files.writeString(folder.resolve(name + ".conf"), CONF);
    }
  }

  private int run(Job job, String... more) {
    List<String> arguments = new ArrayList<>();
    for (String name : List.of("first", "bad", "last")) {
      arguments.add(folder.resolve(name + ".conf").toString());
    }
    arguments.addAll(List.of("--output", folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    JobOptions options =
        CommandLine.populateCommand(new JobOptions(), arguments.toArray(new String[0]));
    return Batch.run(options, job);
  }

  private static JobResult solved(Workspace workspace, Outcome outcome, String note) {
    JobResult found = new SolveJob().run(workspace);
    return new JobResult(
        outcome,
        Optional.empty(),
        List.of(note),
        found.theta(),
        found.inner(),
        Optional.empty(),
        Optional.empty());
  }

  private static String errors(Runnable work) {
    return printed(System.err, System::setErr, work);
  }

  private static String said(Runnable work) {
    return printed(System.out, System::setOut, work);
  }

  private static String printed(PrintStream before, Consumer<PrintStream> set, Runnable work) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    set.accept(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      set.accept(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Path result(String name) {
    return folder.resolve("out").resolve(name).resolve("result.json");
  }

  static Stream<Throwable> whatCanBeThrown() {
    return Stream.of(
        new UncheckedIOException("unreachable", new IOException("no route to host")),
        new NoSuchElementException("none"),
        new ClassCastException("other"),
        new UnsupportedOperationException(),
        new IllegalStateException("wrapped", new OutOfMemoryError("Java heap space")),
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new AssertionError("broken"));
  }

  @ParameterizedTest
  @MethodSource("whatCanBeThrown")
  void whateverOneThrowsTheOthersRun(Throwable thrown) {
    Job job =
        workspace -> {
          if (workspace.settings().name().equals("bad")) {
            BatchTest.<RuntimeException>raise(thrown);
          }
          return solved(workspace, Outcome.CONVERGED, "");
        };
    String said = errors(() -> assertThat(run(job)).isEqualTo(1));
    assertThat(said.lines().findFirst().orElseThrow())
        .startsWith("tacit: " + folder.resolve("bad.conf") + ": ");
    assertThat(result("first")).exists();
    assertThat(result("last")).exists();
    assertThat(folder.resolve("out/bad")).doesNotExist();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @ParameterizedTest
  @CsvSource({"CONVERGED, 0", "STALLED, 3", "BUDGET_EXHAUSTED, 3"})
  void anOutcomeHasItsExitCode(Outcome outcome, int code) {
    assertThat(run(workspace -> solved(workspace, outcome, ""))).isEqualTo(code);
    assertThat(result("bad")).exists();
  }

  @Test
  void aConfigurationThatCannotBeReadIsNamedAndTheOthersRun() throws IOException {
    Files.writeString(folder.resolve("bad.conf"), "data {");
    String said =
        errors(
            () ->
                assertThat(run(workspace -> solved(workspace, Outcome.STALLED, ""))).isEqualTo(2));
    assertThat(said)
        .startsWith("tacit: " + folder.resolve("bad.conf"))
        .contains("Invalid configuration: ");
    assertThat(result("first")).exists();
    assertThat(result("last")).exists();
  }

  @Test
  void numbersThatOverflowAreToldWithTheirColumnAndTheta() {
    Program broken = Program.of("x", Var.constant(-1).log().node());
    String said =
        errors(
            () ->
                run(
                    workspace -> {
                      workspace.passes().evaluate(broken, Map.of());
                      return solved(workspace, Outcome.CONVERGED, "");
                    }));
    assertThat(said.lines())
        .hasSize(3)
        .allMatch(line -> line.contains("NaN from log (its argument is negative"))
        .allMatch(line -> line.contains("column a, 1.58 in the root mean square"))
        .allMatch(line -> line.contains("theta is -2.0, of all coefficients"));
  }

  private JsonNode status() {
    try {
      return new ObjectMapper().readTree(folder.resolve("out/status.json").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void theStatusSaysRunningUntilAllResultsAreWritten() throws IOException {
    Files.writeString(folder.resolve("bad.conf"), "data {");
    List<String> during = new ArrayList<>();
    Job job =
        workspace -> {
          during.add(status().get("state").asText());
          return solved(workspace, Outcome.STALLED, "");
        };
    errors(() -> assertThat(run(job)).isEqualTo(2));
    assertThat(during).containsExactly("running", "running");
    JsonNode status = status();
    assertThat(status.get("state").asText()).isEqualTo("finished");
    assertThat(status.get("exitCode").asInt()).isEqualTo(2);
    assertThat(Instant.parse(status.get("ended").asText()))
        .isAfterOrEqualTo(Instant.parse(status.get("started").asText()));
    // In the order of their ends: all are read before any runs.
    assertThat(status.get("configurations").findValuesAsText("configuration"))
        .extracting(location -> Path.of(location).getFileName().toString())
        .containsExactly("bad.conf", "first.conf", "last.conf");
    assertThat(status.get("configurations").findValuesAsText("exitCode"))
        .containsExactly("2", "3", "3");
    assertThat(status.at("/configurations/0/message").asText()).contains("Invalid configuration");
  }

  @Test
  void theWorstExitCodeIsTheBatchs() {
    assertThat(ExitCode.CONVERGED.and(ExitCode.NOT_CONVERGED)).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(ExitCode.NOT_CONVERGED.and(ExitCode.REFUSED)).isEqualTo(ExitCode.REFUSED);
    assertThat(ExitCode.REFUSED.and(ExitCode.FAILED)).isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.FAILED.and(ExitCode.CONVERGED)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void existingResultsAreSkippedWhereAsked() throws IOException {
    assertThat(run(workspace -> solved(workspace, Outcome.CONVERGED, "round 1"))).isZero();
    Files.move(folder.resolve("out/bad"), folder.resolve("moved"));
    assertThat(run(workspace -> solved(workspace, Outcome.CONVERGED, "round 2"), "--skip-existing"))
        .isZero();
    assertThat(Files.readString(result("first"))).contains("round 1");
    assertThat(Files.readString(result("bad"))).contains("round 2");
    assertThat(run(workspace -> solved(workspace, Outcome.CONVERGED, ""))).isEqualTo(2);
  }

  @Test
  void whatIsSkippedThoughItIsOfAnotherConfigurationIsSaid() {
    Job job = workspace -> solved(workspace, Outcome.CONVERGED, "");
    assertThat(run(job)).isZero();
    String same = said(() -> assertThat(run(job, "--skip-existing")).isZero());
    assertThat(same).contains("first: skipped").doesNotContain("another configuration");
    String other =
        said(() -> assertThat(run(job, "--skip-existing", "--set", "theta=-3")).isZero());
    assertThat(other)
        .contains(
            "first: note: that result is of another configuration: theta -2 there, -3 here (replace"
                + " it by --overwrite, or choose another --output)");
  }

  @Test
  void aResultWhosePlaceIsLostMeanwhileIsKeptOnTheDriversDisk() throws IOException {
    Job job =
        workspace -> {
          Path out = folder.resolve("out");
          if (Files.isDirectory(out)) {
            deleteAll(out);
            write(out, "a file");
          }
          return solved(workspace, Outcome.CONVERGED, "hours of work");
        };
    String said = errors(() -> assertThat(run(job)).isEqualTo(2));
    Matcher kept = Pattern.compile("is kept as (\\S+\\.json)").matcher(said);
    assertThat(kept.results().map(found -> found.group(1)).map(Path::of))
        .hasSize(3)
        .allSatisfy(file -> assertThat(file).content().contains("hours of work"))
        .allSatisfy(Files::delete);
  }

  private static void deleteAll(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforeAnyWork() throws IOException {
    Files.writeString(folder.resolve("out"), "a file");
    String said =
        errors(
            () ->
                assertThat(
                        run(
                            workspace -> {
                              throw new AssertionError("work was begun");
                            }))
                    .isEqualTo(2));
    assertThat(said.lines()).hasSize(3).allMatch(line -> line.contains("Cannot write to"));
  }
}
