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
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.spark.SparkExtension;

/** What tuning writes of itself, of how it ended, and of what it is compared with. */
@ExtendWith(SparkExtension.class)
class TuneJobTest {
  @TempDir private Path folder;

  /** Sixty rows of a real label beside a sign of it; c says nothing. */
  @BeforeEach
  void writeData(SparkSession sharedByTheJobs) throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("a,b,c,real,sign"));
    for (int i = 0; i < 60; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double c = random.nextGaussian();
      double real = 1.5 * a - b + 0.3 * random.nextGaussian();
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%s,%d",
              a,
              b,
              c,
              real,
              real + random.nextGaussian() > 0 ? 1 : -1));
    }
    Files.write(folder.resolve("rows.csv"), lines);
    configure("path = rows.csv, label = real, features = [a, b, c]");
  }

  private void configure(String data) throws IOException {
    Files.writeString(
        folder.resolve("a.conf"),
        """
        data {
          %s
          split { modulo = 3, train = 0, validation = 1, test = 2 }
        }
        model { loss = squared, per = feature, intercept = true }
        theta = -1
        engine = in-process
        """
            .formatted(data));
  }

  private Path output() {
    return folder.resolve("out/a");
  }

  private int exit(String job, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(job, folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--output", folder.resolve("out").toString(), "--overwrite"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return Tacit.run(arguments.toArray(new String[0]));
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(output().resolve("result.json").toFile());
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static double sum(JsonNode phases) {
    double sum = 0;
    for (String key : keys(phases)) {
      sum += key.equals("total") ? 0 : phases.get(key).asDouble();
    }
    return sum;
  }

  @Test
  void aResultSaysWhatItIsOfInOneOrder() throws IOException {
    assertThat(exit("tune", "outer.grid={from=-6,to=2,points=5}")).isZero();
    JsonNode result = result();
    assertThat(keys(result))
        .containsExactly(
            "outcome",
            "reason",
            "warnings",
            "names",
            "theta",
            "solution",
            "inner",
            "outerValue",
            "hypergradient",
            "linearSolve",
            "certificate",
            "grid",
            "tuning",
            "losses",
            "rmse",
            "engine",
            "kernel",
            "blas",
            "data",
            "passes",
            "stages",
            "seconds",
            "started",
            "ended",
            "configuration",
            "versions");
    assertThat(keys(result.get("inner")))
        .containsExactly("method", "outcome", "objective", "residualNorm", "iterations");
    assertThat(result.get("reason").isNull()).isTrue();
    assertThat(result.at("/names/features")).hasToString("[\"a\",\"b\",\"c\"]");
    assertThat(result.at("/names/thetas/1").asText()).isEqualTo("feature b");
    assertThat(result.at("/configuration/outer/grid/points").asInt()).isEqualTo(5);
    assertThat(result.at("/configuration/model/loss").asText()).isEqualTo("squared");
    assertThat(result.get("kernel").asText()).matches("plain|vector, \\d+ lanes of doubles");
    assertThat(java.time.Instant.parse(result.get("started").asText()))
        .isBeforeOrEqualTo(java.time.Instant.parse(result.get("ended").asText()));
    assertThat(result.at("/versions/commit").asText()).isNotEmpty();
  }

  @Test
  void secondsAndPassesAddUp() throws IOException {
    assertThat(exit("tune")).isZero();
    JsonNode result = result();
    double seconds = result.at("/seconds/total").asDouble();
    assertThat(sum(result.get("seconds"))).isCloseTo(seconds, within(1e-9 * seconds));
    assertThat(result.at("/seconds/driver").asDouble()).isPositive();
    assertThat(sum(result.get("passes"))).isEqualTo(result.at("/passes/total").asDouble());
    assertThat(result.get("stages").findValuesAsText("stage"))
        .containsExactly("data", "steps", "start", "measures");
    int ofStages =
        result.get("stages").findValues("passes").stream().mapToInt(JsonNode::asInt).sum();
    assertThat(ofStages).isEqualTo(result.at("/passes/total").asInt());
    assertThat(result.at("/stages/1/passes")).isEqualTo(result.at("/tuning/passes"));
    assertThat(result.at("/tuning/passes").asInt()).isLessThan(result.at("/passes/total").asInt());
  }

  @Test
  void everyPartIsMeasuredForTheStartTheGridAndTheTuned() throws IOException {
    assertThat(
            exit(
                "tune",
                "data.label=sign",
                "model.loss=logistic",
                "outer.grid={from=-6,to=2,points=5}"))
        .isZero();
    JsonNode result = result();
    for (String part : List.of("train", "validation", "test")) {
      assertThat(keys(result.at("/losses/" + part))).containsExactly("before", "common", "after");
      double accuracy = result.at("/accuracy/" + part + "/after").asDouble();
      assertThat(accuracy * 20).isCloseTo(Math.rint(accuracy * 20), within(1e-9));
      assertThat(accuracy).isBetween(0.6, 1.0);
    }
    assertThat(result.at("/losses/validation/common").asDouble())
        .isCloseTo(result.at("/grid/bestOuterValue").asDouble(), within(1e-12));
    assertThat(result.at("/losses/validation/after").asDouble())
        .isCloseTo(result.get("outerValue").asDouble(), within(1e-12));
  }

  @Test
  void labelsFarFromZeroWantAnIntercept() throws IOException {
    assertThat(exit("tune", "model.intercept=false")).isZero();
    assertThat(result().get("warnings").toString()).doesNotContain("intercept");
    Path rows = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(rows));
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",");
      cells[3] = Double.toString(Double.parseDouble(cells[3]) + 25);
      lines.set(i, String.join(",", cells));
    }
    Files.write(rows, lines);
    String note = "without an intercept the training labels are missed by 2";
    assertThat(exit("tune", "model.intercept=false")).isZero();
    assertThat(result().get("warnings").toString())
        .contains(note)
        .contains("(set model.intercept = true)");
    assertThat(exit("tune", "model.intercept=true")).isZero();
    assertThat(result().get("warnings").toString()).doesNotContain(note);
  }

  /** Of validation rows: line 2 + 3 k + 1 of the file, whose columns are a, b, c, real, sign. */
  private double pairsInOrder(JsonNode w) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    for (int i = 2; i < lines.size(); i += 3) {
      double[] cells =
          java.util.Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::valueOf).toArray();
      double score =
          w.get(0).asDouble() * cells[0]
              + w.get(1).asDouble() * cells[1]
              + w.get(2).asDouble() * cells[2];
      rows.add(new double[] {score, cells[4]});
    }
    double inOrder = 0;
    double all = 0;
    for (double[] up : rows) {
      for (double[] down : rows) {
        if (up[1] > 0 && down[1] <= 0) {
          inOrder += up[0] > down[0] ? 1 : 0;
          all++;
        }
      }
    }
    return inOrder / all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "spark"})
  void twoClassesAreRanked(String engine) throws IOException {
    assertThat(exit("tune", "data.label=sign", "model.loss=logistic", "engine=" + engine)).isZero();
    JsonNode result = result();
    double area = result.at("/auc/validation/after").asDouble();
    assertThat(area)
        .isBetween(0.6, 0.99)
        .isCloseTo(pairsInOrder(result.at("/solution/coefficients")), within(1e-12));
  }

  @Test
  void twoClassesOfScoresEachAreRankedAlike() throws IOException {
    Path rows = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(rows));
    lines.replaceAll(line -> line.replaceAll(",-1$", ",0"));
    Files.write(rows, lines);
    assertThat(exit("tune", "data.label=sign", "model.loss=multinomial")).isZero();
    JsonNode result = result();
    JsonNode w = result.at("/solution/coefficients");
    var difference = new ObjectMapper().createArrayNode();
    for (int j = 0; j < 6; j += 2) {
      difference.add(w.get(j + 1).asDouble() - w.get(j).asDouble());
    }
    assertThat(result.at("/auc/validation/after").asDouble())
        .isBetween(0.6, 0.99)
        .isCloseTo(pairsInOrder(difference), within(1e-12));
  }

  @Test
  void whereAPartHasOneClassNothingIsRanked() throws IOException {
    Path rows = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(rows));
    for (int i = 3; i < lines.size(); i += 3) {
      lines.set(i, lines.get(i).replaceAll(",-1$", ",1"));
    }
    Files.write(rows, lines);
    assertThat(exit("tune", "data.label=sign", "model.loss=logistic")).isZero();
    JsonNode result = result();
    assertThat(result.at("/auc/test/after").isNull()).isTrue();
    assertThat(result.at("/accuracy/test/after").isNumber()).isTrue();
    assertThat(result.at("/auc/train/after").isNumber()).isTrue();
  }

  @Test
  void longListsAreCsvFilesByName() throws IOException {
    assertThat(exit("tune", "outer.grid={from=-6,to=2,points=5}")).isZero();
    JsonNode result = result();
    List<String> coefficients = Files.readAllLines(output().resolve("coefficients.csv"));
    assertThat(coefficients).hasSize(5).startsWith("name,coefficient");
    assertThat(coefficients.get(2))
        .isEqualTo("b," + result.at("/solution/coefficients/1").asDouble());
    assertThat(coefficients.get(4))
        .isEqualTo("(intercept)," + result.at("/solution/intercept").asDouble());
    assertThat(Files.readAllLines(output().resolve("theta.csv")).get(3))
        .isEqualTo("feature c," + result.at("/theta/2").asDouble());
    assertThat(Files.readAllLines(output().resolve("hypergradient.csv")).get(1))
        .isEqualTo("feature a," + result.at("/hypergradient/0").asDouble());
    assertThat(Files.readAllLines(output().resolve("grid.csv")))
        .hasSize(6)
        .startsWith(
            "theta,validation loss", "2.0," + result.at("/grid/points/0/outerValue").asDouble());
  }

  @Test
  void aJacobianIsAFileAndRefusedWhereItIsTooLarge() throws IOException {
    assertThat(exit("hypergradient", "output.jacobian=true")).isZero();
    List<String> jacobian = Files.readAllLines(output().resolve("jacobian.csv"));
    assertThat(jacobian.get(0)).isEqualTo("name,feature a,feature b,feature c");
    assertThat(jacobian.get(2)).startsWith("b," + result().at("/jacobian/1/0").asDouble() + ",");
    Files.writeString(
        folder.resolve("wide.svm"), "1 1:1 3:2\n-1 2:1\n1 4000:1\n-1 1:2\n".repeat(3));
    Files.delete(output().resolve("result.json"));
    configure("format = libsvm, path = wide.svm");
    assertThat(exit("hypergradient", "output.jacobian=true", "model.intercept=false")).isNotZero();
    assertThat(output().resolve("result.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-10, 1, 5})
  void anEmptyLassoSaysWhereCoefficientsAppear(double above) throws IOException {
    exit("solve", "model.per=all", "model.penalty=l1", "theta=9");
    String warning = result().at("/warnings/0").asText();
    assertThat(warning).contains("no coefficient is non-zero").contains("start lower");
    String number = warning.replaceFirst(".*appear below theta = ([-0-9.]*[0-9]).*", "$1");
    double top = Double.parseDouble(number);
    String[] settings = {"model.per=all", "model.penalty=l1", "theta=" + (top + 2e-4 + above)};
    assertThat(exit("tune", settings)).isNotZero();
    assertThat(result().get("outcome").asText()).isNotEqualTo("converged");
    assertThat(result().get("reason").asText()).contains("no coefficient is non-zero");
    assertThat(exit("tune", "model.per=all", "model.penalty=l1", "theta=" + (top - 1))).isZero();
    assertThat(result().at("/losses/validation/after").asDouble())
        .isLessThan(result().at("/losses/validation/before").asDouble());
  }

  @Test
  void unfinishedSolvesAreNeitherRankedNorCompared() throws IOException {
    String[] settings = {
      "data.label=sign",
      "model.loss=logistic",
      "inner.max-iterations=1",
      "outer.grid={from=-6,to=2,points=5}",
      "outer.max-iterations=2"
    };
    assertThat(exit("tune", settings)).isNotZero();
    JsonNode result = result();
    assertThat(result.get("outcome").asText()).isEqualTo("budget exhausted");
    assertThat(result.get("reason").asText()).contains("the inner solve ended with");
    assertThat(result.at("/grid/bestTheta").isNull()).isTrue();
    assertThat(result.at("/grid/points/0/outerValue").isNull()).isTrue();
    assertThat(result.at("/grid/points/0/outcome").asText()).isEqualTo("budget exhausted");
    assertThat(result.at("/losses/validation/before").isNull()).isTrue();
    assertThat(result.get("warnings").toString())
        .contains("tuning goes on at that")
        .contains("5 of 5 points of the grid are not ranked")
        .contains("the start has no losses to compare with");
  }

  @Test
  void whyAStartHasNoMeanOfTheFoldsIsSaid() throws IOException {
    String[] settings = {
      "data.label=sign",
      "model.loss=logistic",
      "folds=3",
      "inner.max-iterations=1",
      "outer.max-iterations=2"
    };
    assertThat(exit("tune", settings)).isNotZero();
    assertThat(result().get("warnings").toString())
        .contains("the start has no mean loss of the folds to compare with: fold 0: ");
  }

  @Test
  void aGridsMinimumAtItsEdgeIsSaid() throws IOException {
    assertThat(exit("tune", "outer.grid={from=0,to=2,points=4}")).isZero();
    assertThat(result().get("warnings").toString())
        .contains("the grid's best common penalty is at its edge, theta = 0.0000");
    assertThat(exit("tune", "outer.grid={from=-12,to=2,points=15}")).isZero();
    assertThat(result().get("warnings").toString()).doesNotContain("edge");
  }

  /** As many features as validation rows, which separate them. */
  @Test
  void fewValidationRowsFittedTooWellAreSaid() throws IOException {
    Random random = new Random(5);
    StringBuilder rows = new StringBuilder("y");
    for (int j = 0; j < 12; j++) {
      rows.append(",x").append(j);
    }
    for (int i = 0; i < 60; i++) {
      int y = i % 2 == 0 ? 1 : -1;
      rows.append('\n').append(y);
      for (int j = 0; j < 12; j++) {
        rows.append(',').append(j < 2 ? 8 * y + random.nextGaussian() : random.nextGaussian());
      }
    }
    Files.writeString(folder.resolve("separable.csv"), rows.append('\n'));
    configure("path = separable.csv, label = y");
    exit("tune", "model.loss=logistic");
    assertThat(result().get("warnings").toString())
        .contains("20 validation rows are few for 12 thetas")
        .contains("20 validation rows are fitted to");
  }

  /** The test rows' labels are those of the opposite sign. */
  @Test
  void aTestLossThatRisesIsSaid() throws IOException {
    List<String> turned = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (i > 0 && (i - 1) % 3 == 2) {
        cells[3] = String.valueOf(-Double.parseDouble(cells[3]));
      }
      turned.add(String.join(",", cells));
    }
    Files.write(folder.resolve("rows.csv"), turned);
    assertThat(exit("tune")).isZero();
    assertThat(result().get("warnings").toString())
        .contains("the test loss rises from")
        .contains("while the validation loss falls");
  }
}
