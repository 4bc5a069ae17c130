package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.spark.SparkExtension;

/**
 * Numbers that are too large are told by part, row and column, and those that are not are fitted.
 */
@ExtendWith(SparkExtension.class)
class OverflowTest {
  private static final int ROWS = 60;

  @TempDir private Path folder;

  private final double[][] rows = new double[ROWS][3];

  @BeforeEach
  void draw(SparkSession sharedByTheJobs) {
    assertThat(sharedByTheJobs.sparkContext().isStopped()).isFalse();
    Random random = new Random(5);
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = random.nextGaussian();
      row[2] = 1.5 * row[0] - 0.7 * row[1] + 0.3 * random.nextGaussian();
    }
  }

  private CommandRun run(String job, String... settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (double[] row : rows) {
      lines.add(row[0] + "," + row[1] + "," + row[2]);
    }
    Files.write(folder.resolve("rows.csv"), lines);
    Files.writeString(
        folder.resolve("a.conf"),
        """
        data {
          path = rows.csv
          label = y
          split { modulo = 3, train = 0, validation = 1, test = 2 }
        }
        model { loss = squared, intercept = true }
        theta = -2
        outer.max-iterations = 3
        engine = in-process
        """);
    List<String> arguments = new ArrayList<>(List.of(job, folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--output", folder.resolve("out").toString(), "--overwrite"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(new String[0]));
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  /** Row 4 of the file is row 2 of those for validation. */
  @ParameterizedTest
  @CsvSource({
    "hypergradient, 1, b, bring the features near 1",
    "hypergradient, 2, y, divide the labels",
    "tune, 1, b, bring the features near 1",
    "tune, 2, y, divide the labels"
  })
  void aNumberOfTheValidationRowsIsNamed(String job, int column, String name, String remedy)
      throws IOException {
    rows[4][column] = -1e200;
    CommandRun run = run(job);
    assertThat(run.said())
        .contains("-1.0E200 in row 2 of the validation rows (column " + name + ", ", remedy);
    assertThat(run.said().lines()).hasSize(1);
    assertThat(run.code()).isEqualTo(2);
  }

  /** Training and validation are no worse for it. */
  @ParameterizedTest
  @CsvSource({"0, a", "2, y"})
  void aNumberOfTheTestRowsIsAWarning(int column, String name) throws IOException {
    rows[5][column] = 1e200;
    CommandRun run = run("tune");
    assertThat(run.said()).isEmpty();
    assertThat(result().get("warnings").toString())
        .contains("1.0E200 in row 2 of the test rows (column " + name + ", ");
    assertThat(result().get("theta").get(0).asDouble()).isNotEqualTo(-2.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void featuresWhoseSumsOverflowAreNamed(String intercept) throws IOException {
    for (int i = 0; i < ROWS; i++) {
      rows[i][0] = i == 0 ? -1.5e308 : 1.4e308;
    }
    CommandRun run = run("hypergradient", "model.intercept=" + intercept);
    assertThat(run.said())
        .contains("-1.5E308 in row 1 of the train rows (column a, ", "data.scale")
        .doesNotContain("unbounded");
    assertThat(run.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e160, 1e300})
  void labelsWhoseSquaresOverflowAreNamed(double unit) throws IOException {
    for (double[] row : rows) {
      row[2] *= unit;
    }
    CommandRun run = run("hypergradient");
    assertThat(run.said()).contains("of the train rows (column y, ", "divide the labels");
    assertThat(run("solve").code()).isEqualTo(3);
    assertThat(result().get("reason").asText())
        .contains("numbers overflow", "of the train rows (column y, ", "divide the labels");
  }

  /** A ridge is linear in its labels, a lasso with its penalty. */
  @ParameterizedTest
  @CsvSource({"1e25, l2", "1e100, l2", "1e150, l2", "1e25, l1", "1e100, l1"})
  void otherLabelsAreFittedInAnyUnit(double unit, String penalty) throws IOException {
    String shifted = "theta=" + (penalty.equals("l1") ? -2 + Math.log(unit) : -2);
    assertThat(run("hypergradient", "model.penalty=" + penalty).code()).isZero();
    JsonNode small = result().get("solution").get("coefficients");
    for (double[] row : rows) {
      row[2] *= unit;
    }
    assertThat(run("hypergradient", "model.penalty=" + penalty, shifted).code()).isZero();
    JsonNode large = result().get("solution").get("coefficients");
    for (int j = 0; j < 2; j++) {
      double expected = small.get(j).asDouble();
      assertThat(large.get(j).asDouble() / unit).isCloseTo(expected, within(1e-8));
    }
  }

  /**
   * Huber's loss changes at 1, which labels of 1e18 do not see; counts of 1e30 have a minimiser.
   */
  @Test
  void labelsBesideWhichALosssUnitIsLostAreNamed() throws IOException {
    for (double[] row : rows) {
      row[2] *= 1e18;
    }
    assertThat(run("hypergradient", "model.loss=huber").code()).isEqualTo(3);
    assertThat(result().get("reason").asText())
        .contains("the labels are so large", "in column y of the train rows", "divide them");
    for (double[] row : rows) {
      row[2] = Math.abs(row[2]) * 1e12;
    }
    assertThat(run("hypergradient", "model={loss=poisson,intercept=false}").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5, true, squared", "0, false, squared", "3, true, poisson", "2, true, gamma"})
  void constantLabelsCannotBeTuned(double label, String intercept, String loss) throws IOException {
    for (double[] row : rows) {
      row[2] = label;
    }
    String model = "model={loss=" + loss + ",intercept=" + intercept + "}";
    CommandRun run = run("tune", model);
    assertThat(run.said())
        .contains("Constant labels in the train rows: all are " + label, "nothing can be tuned");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run("hypergradient", model).code()).isZero();
    assertThat(result().get("warnings").toString()).contains("every penalty gives the same fit");
  }

  @Test
  void constantLabelsWithoutAnInterceptAreTuned() throws IOException {
    for (double[] row : rows) {
      row[2] = 5;
    }
    assertThat(run("tune", "model.intercept=false").said()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"l2", "l1"})
  void columnsThatAreTheSameAreNoMatterOfTolerances(String penalty) throws IOException {
    for (double[] row : rows) {
      row[1] = row[0];
    }
    run("hypergradient", "theta=-20", "model={loss=squared,per=feature,penalty=" + penalty + "}");
    assertThat(result().get("certificate").get("trusted").asBoolean()).isFalse();
    assertThat(result().get("warnings").toString())
        .contains("singular", "make it larger, or remove redundant columns")
        .contains("columns that are the same in every training row: a and b (leave one")
        .doesNotContain("smaller tolerances");
  }

  @Test
  void lossesOfLargeLabelsAreToldInScientificForm() throws IOException {
    for (double[] row : rows) {
      row[2] *= 1e150;
    }
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      run("tune", "outer.grid={from=-3,to=0,points=2}", "model.per=feature");
    } finally {
      System.setOut(before);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "grid of 2 common penalties: best validation loss \\d\\.\\d{10}e\\+29\\d at")
        .containsPattern("(?m)^ +0 +\\d\\.\\d{10}e\\+29\\d ")
        .containsPattern("(?m)^rmse .*\\ntrain +\\d\\.\\d{8}e\\+1\\d\\d ")
        .doesNotContainPattern("\\d{12}\\.");
  }

  /** Its square is no number; a penalty of absolute values does not need it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160})
  void aColumnWithoutASquareIsNotStandardised(double size) throws IOException {
    for (double[] row : rows) {
      row[1] *= size;
    }
    CommandRun run = run("tune", "model.standardise=true");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.said())
        .contains("--set model.standardise=true: Invalid model.standardise: true with column b, ")
        .contains("(must be from 1e-140 to 1e+140, ", "multiply the column at its source");
    assertThat(run("solve", "model.standardise=true", "model.penalty=l1").code()).isZero();
    assertThat(result().at("/solution/coefficients/1").asDouble() * size).isBetween(-1.0, -0.1);
  }

  /** The same steps lead to the same thetas, whatever the unit of the labels. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 1e6, 1e12})
  void theUnitOfLabelsDoesNotMatterToTuning(double unit) throws IOException {
    String[] settings = {"model.per=feature", "outer.max-iterations=30"};
    assertThat(run("tune", settings).code()).isZero();
    JsonNode due = result();
    for (double[] row : rows) {
      row[2] *= unit;
    }
    assertThat(run("tune", settings).code()).isZero();
    assertThat(due.at("/tuning/passes").asLong()).isPositive();
    assertThat(result().at("/tuning/passes")).isEqualTo(due.at("/tuning/passes"));
    for (int k = 0; k < 2; k++) {
      double theta = due.at("/theta/" + k).asDouble();
      assertThat(theta).isNotCloseTo(-2, within(0.5));
      assertThat(result().at("/theta/" + k).asDouble()).isCloseTo(theta, within(1e-4));
    }
  }
}
