package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.spark.SparkExtension;

/** What the command line says of input that cannot be used, and that nothing is written then. */
@ExtendWith(SparkExtension.class)
class BadInputTest {
  private static final String CONF =
      """
      data {
        path = a.csv
        label = y
        split { modulo = 3, train = [0, 1], validation = 2 }
      }
      model { loss = logistic }
      theta = -2
      engine = in-process
      """;

  private static final List<String> ROWS =
      List.of("a,b,y", "1,2,1", "2,-1,-1", "0.5,1,1", "-1,1,1", "2,0.5,-1", "3,1,1");

  @TempDir private Path folder;

  @BeforeEach
  void writeGoodInput(SparkSession sharedByTheJobs) throws IOException {
    Files.write(folder.resolve("a.csv"), ROWS);
    Files.writeString(folder.resolve("a.conf"), CONF);
  }

  /** What is printed as the error; the run must fail, and leave no trace of a result. */
  private String error(String... more) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(run(more)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(folder.resolve("out"))
        .satisfiesAnyOf(
            out -> assertThat(out).doesNotExist(),
            out -> assertThat(out.toFile().list()).containsExactly(StatusFile.NAME));
    return printed.toString(StandardCharsets.UTF_8).replace(folder + "/", "").strip();
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("solve", folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--output", folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return Tacit.run(arguments.toArray(new String[0]));
  }

  private void rows(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(ROWS);
    lines.addAll(List.of(rows));
    Files.write(folder.resolve("a.csv"), lines);
  }

  @Test
  void goodInputIsSolved() {
    assertThat(run()).isZero();
    assertThat(folder.resolve("out/a/result.json")).isNotEmptyFile();
  }

  @Test
  void aMissingFileIsNamedWithTheLineThatAsksForIt() throws IOException {
    Files.delete(folder.resolve("a.csv"));
    assertThat(error())
        .matches(
            "tacit: a.conf line 2: Missing file: a.csv, looked for at file:a.csv and file:.*a.csv"
                + " \\(must be in one of them\\)");
  }

  @Test
  void aMissingColumnIsNamedWithTheLineThatAsksForIt() throws IOException {
    assertThat(error("--set", "data.weight=w"))
        .isEqualTo(
            "tacit: a.conf: --set data.weight=w: Missing column: w"
                + " (must be one of a, b, y; set data.weight)");
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestKnownOne() throws IOException {
    Files.writeString(folder.resolve("a.conf"), CONF + "inner.max-iteration = 3\n");
    assertThat(error())
        .startsWith(
            "tacit: a.conf line 9: Unknown key inner.max-iteration"
                + " (the nearest known one is inner.max-iterations");
  }

  @Test
  void cellsThatAreNoNumbersAreNamedWithTheirLine() throws IOException {
    rows("x,1,1", "1,NaN,1");
    assertThat(error())
        .isEqualTo(
            "tacit: a.conf: Bad rows: 2 of 8 (a.csv line 8: column 1 (a): \"x\" is not a number;"
                + " a.csv line 9: column 2 (b): \"NaN\" is not a number)."
                + " Mend them: they are 25 % of the rows, too many to leave out;"
                + " the first reads: x,1,1");
  }

  @Test
  void droppingIsAdvisedWhereItLeavesOutFew() throws IOException {
    String[] rows = new String[20];
    java.util.Arrays.fill(rows, "1,1,1");
    rows[4] = "x,1,1";
    rows(rows);
    assertThat(error())
        .isEqualTo(
            "tacit: a.conf: Bad rows: 1 of 26 (a.csv line 12: column 1 (a): \"x\" is not a number)."
                + " Mend them, or leave them out by data.bad-rows = drop");
  }

  @Test
  void badRowsAreDroppedAndCountedInTheResult() throws IOException {
    rows("x,1,1", "1,NaN,1");
    assertThat(run("--set", "data.bad-rows=drop")).isZero();
    assertThat(Files.readString(folder.resolve("out/a/result.json")))
        .contains("\"droppedRows\" : 2");
  }

  @Test
  void labelsOutsideTheirSetAreNamedWithTheirLine() throws IOException {
    rows("1,1,3");
    assertThat(error())
        .contains(
            "a.csv line 8: column 3 (y): \"3.0\" is no label (must be -1 or 1, or 0 or 1;"
                + " of more than two classes by model.loss = multinomial, which are 0, 1, 2, ...)");
  }

  @Test
  void labelsThatALossIsNotDefinedForAreNamedWithTheirLine() throws IOException {
    assertThat(error("--set", "model.loss=poisson"))
        .contains("a.csv line 3: column 3 (y): \"-1.0\" is no label (must be >= 0 for this loss)")
        .endsWith("too many to leave out; the first reads: 2,-1,-1");
    rows("1,1,0");
    assertThat(error("--set", "model.loss=squared", "--set", "outer.loss=gamma"))
        .contains("a.csv line 8: column 3 (y): \"0.0\" is no label (must be > 0 for this loss)");
  }

  @Test
  void aModelOfALossWithKinksIsRefusedWithWhatToTake() throws IOException {
    assertThat(error("--set", "model.loss=multiclass-hinge"))
        .isEqualTo(
            "tacit: a.conf: --set model.loss=multiclass-hinge: Invalid model.loss: multiclass-hinge"
                + " (must be without kinks, as a minimiser on one has no derivative:"
                + " multinomial or multiclass-sparsemax; outer.loss may be multiclass-hinge)");
    assertThat(run("--set", "outer.loss=hinge", "--overwrite")).isZero();
  }

  @Test
  void anEmptyPartIsNamed() throws IOException {
    assertThat(error("--set", "data.split.modulo=9", "--set", "data.split.validation=8"))
        .endsWith("Empty validation part: 0 of 6 rows (must have one or more)");
  }

  @Test
  void aThetaOfTheWrongLengthIsNamed() throws IOException {
    assertThat(error("--set", "theta=[1,2,3]", "--set", "model.per=feature"))
        .isEqualTo(
            "tacit: a.conf: --set theta=[1,2,3]: Invalid theta: 3 values (must be 2, one for each feature, or one for all)");
  }

  @Test
  void anUnpenalisedConstantColumnBesideAnIntercept() throws IOException {
    Files.write(
        folder.resolve("a.csv"),
        ROWS.stream().map(row -> row.replaceFirst("^[-0-9.]+,", "7,")).toList());
    assertThat(
            error(
                "--set", "model.per=feature",
                "--set", "model.intercept=true",
                "--set", "theta=[-1000,-2]"))
        .startsWith(
            "tacit: a.conf: --set theta=[-1000,-2]: Invalid theta: column a is constant, has no"
                + " penalty (exp(theta) = 0)");
  }

  @Test
  void oneClassWithoutAnInterceptIsSolvedWithAWarning() throws IOException {
    Files.write(
        folder.resolve("a.csv"), ROWS.stream().map(row -> row.replaceFirst(",-1$", ",1")).toList());
    assertThat(run()).isZero();
    assertThat(Files.readString(folder.resolve("out/a/result.json")))
        .contains("One class of labels in the train rows: all are 1 in column y")
        .contains("One class of labels in the validation rows");
  }

  @Test
  void anExistingOutputIsRefusedAndKept() throws IOException {
    assertThat(run()).isZero();
    String before = Files.readString(folder.resolve("out/a/result.json"));
    assertThat(run()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("out/a/result.json"))).isEqualTo(before);
    assertThat(run("--overwrite")).isZero();
  }

  @Test
  void oneFailureDoesNotStopTheOthers() throws IOException {
    Files.writeString(folder.resolve("b.conf"), CONF.replace("a.csv", "none.csv"));
    int code =
        Tacit.run(
            "solve",
            folder.resolve("b.conf").toString(),
            folder.resolve("a.conf").toString(),
            "--output",
            folder.resolve("out").toString());
    assertThat(code).isEqualTo(2);
    assertThat(folder.resolve("out/a/result.json")).exists();
    assertThat(folder.resolve("out/b")).doesNotExist();
  }
}
