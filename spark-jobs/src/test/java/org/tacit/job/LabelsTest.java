package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.spark.SparkExtension;

/** Labels that are all the same, far from zero, or told apart by the features. */
@ExtendWith(SparkExtension.class)
class LabelsTest {
  @TempDir private Path folder;

  @BeforeEach
  void take(SparkSession sharedByTheJobs) {
    assertThat(sharedByTheJobs.sparkContext().isStopped()).isFalse();
  }

  private void rows(DoubleBinaryOperator label) throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < 30; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%s,%s,%s", a, b, label.applyAsDouble(a, b)));
    }
    Files.write(folder.resolve("rows.csv"), lines);
  }

  private JsonNode result(String... settings) throws IOException {
    Files.writeString(
        folder.resolve("a.conf"),
        """
        data { path = rows.csv, label = y, split { modulo = 3, train = [0, 1], validation = 2 } }
        model { loss = squared, intercept = true }
        theta = -2
        engine = in-process
        """);
    List<String> arguments = new ArrayList<>(List.of("hypergradient", folder + "/a.conf"));
    arguments.addAll(List.of("--output", folder.resolve("out").toString(), "--overwrite"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    Tacit.run(arguments.toArray(new String[0]));
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  @ParameterizedTest
  @CsvSource({
    "7.25, squared, l2", "7.25, squared, l1", "1.6e9, squared, l2", "0.1, squared, l1",
    "7.25, huber, l2", "1.6e9, huber, l1", "0, huber, l1", "0, squared, l1",
    "-3e12, absolute, l2", "1.6e9, absolute, l1", "0.1, absolute, elastic-net"
  })
  void constantLabelsAreTheInterceptExactly(double label, String loss, String penalty)
      throws IOException {
    rows((a, b) -> label);
    String smoothing = loss.equals("absolute") ? "model.smoothing=0.1" : "model.loss=" + loss;
    String theta = penalty.equals("elastic-net") ? "theta=[-2,-2]" : "theta=-2";
    JsonNode result = result("model.loss=" + loss, "model.penalty=" + penalty, smoothing, theta);
    assertThat(result.get("outcome").asText()).isEqualTo("converged");
    assertThat(result.at("/solution/coefficients")).hasToString("[0.0,0.0]");
    assertThat(result.at("/solution/intercept").asDouble()).isEqualTo(label);
    assertThat(result.at("/hypergradient/0").asDouble()).isZero();
    assertThat(result.at("/certificate/trusted").asBoolean()).isTrue();
  }

  /** w = (X'X / n + exp(theta))^-1 X'y / n. */
  @ParameterizedTest
  @CsvSource({
    "gamma, 1e9, l2",
    "gamma, 1e15, l1",
    "gamma, 1e-12, l2",
    "gamma, 1e30, l2",
    "tweedie, 1e9, l2",
    "poisson, 1e9, l2"
  })
  void amountsAreFittedAlikeInEveryUnit(String loss, double unit, String penalty)
      throws IOException {
    String[] settings = {
      "model.loss=" + loss, "model.penalty=" + penalty, "model.average=mean", "theta=-3"
    };
    if (loss.equals("tweedie")) {
      settings = Arrays.copyOf(settings, 5);
      settings[4] = "model.power=1.9";
    }
    rows((a, b) -> Math.exp(1 + a / 2 - b / 3));
    JsonNode plain = loss.equals("gamma") ? result(settings) : null;
    rows((a, b) -> unit * Math.exp(1 + a / 2 - b / 3));
    JsonNode scaled = result(settings);
    assertThat(scaled.get("outcome").asText()).isEqualTo("converged");
    assertThat(scaled.at("/certificate/trusted").asBoolean()).isTrue();
    if (plain != null) {
      double due = plain.at("/hypergradient/0").asDouble();
      assertThat(scaled.at("/hypergradient/0").asDouble() / due).isCloseTo(1, within(1e-7));
      assertThat(scaled.at("/solution/intercept").asDouble())
          .isCloseTo(plain.at("/solution/intercept").asDouble() + Math.log(unit), within(1e-8));
    }
  }

  /** Labels far from zero are not fitted well by missing them less than zeros do. */
  @Test
  void aModelIsJudgedByTheBestConstant() throws IOException {
    Random noise = new Random(3);
    rows((a, b) -> 1000 + a + noise.nextGaussian());
    result("outer.max-iterations=2");
    List<String> tune = List.of("tune", folder + "/a.conf", "--set", "outer.max-iterations=2");
    for (String exact : List.of("no", "yes")) {
      if (exact.equals("yes")) {
        rows((a, b) -> 1000 + a - b);
      }
      List<String> arguments = new ArrayList<>(tune);
      arguments.addAll(List.of("--set", "theta=-10", "--output", folder.resolve("t") + exact));
      Tacit.run(arguments.toArray(new String[0]));
      JsonNode result =
          new ObjectMapper().readTree(folder.resolve("t" + exact + "/a/result.json").toFile());
      assertThat(result.get("warnings").toString().contains("too well to tell penalties"))
          .isEqualTo(exact.equals("yes"));
    }
  }

  @Test
  void constantLabelsWithoutAnInterceptAreFittedLikeOthers() throws IOException {
    rows((a, b) -> 7.25);
    JsonNode result = result("data.features=[a]", "model.intercept=false");
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    double squares = 0;
    double products = 0;
    for (int i = 0; i < 30; i++) {
      double a = Double.parseDouble(lines.get(i + 1).substring(0, lines.get(i + 1).indexOf(44)));
      squares += i % 3 < 2 ? a * a / 20 : 0;
      products += i % 3 < 2 ? 7.25 * a / 20 : 0;
    }
    assertThat(result.at("/solution/coefficients/0").asDouble())
        .isCloseTo(products / (squares + Math.exp(-2)), within(1e-9));
    assertThat(result.get("outcome").asText()).isEqualTo("converged");
  }

  /**
   * Where losses are functions of differences, an intercept takes up what is added to all labels.
   */
  @ParameterizedTest
  @ValueSource(strings = {"squared", "huber", "absolute", "quantile"})
  void labelsFarFromZeroAreFittedLikeTheirDifferences(String loss) throws IOException {
    boolean isSmoothed = loss.equals("absolute") || loss.equals("quantile");
    String smoothing = isSmoothed ? "model.smoothing=0.1" : "model.loss=" + loss;
    double far = 0x1p31;
    DoubleBinaryOperator near = (a, b) -> Math.rint(1024 * (a - 2 * b + Math.sin(9 * a))) / 1024;
    rows(near);
    JsonNode plain = result("model.loss=" + loss, smoothing);
    rows((a, b) -> far + near.applyAsDouble(a, b));
    JsonNode moved = result("model.loss=" + loss, smoothing);
    assertThat(moved.get("outcome").asText()).isEqualTo("converged");
    assertThat(moved.at("/certificate/trusted").asBoolean()).isTrue();
    for (String path :
        List.of("/solution/coefficients/0", "/solution/coefficients/1", "/hypergradient/0")) {
      assertThat(moved.at(path).asDouble())
          .isCloseTo(plain.at(path).asDouble(), within(1e-8))
          .isNotCloseTo(0, within(1e-4));
    }
    assertThat(moved.at("/solution/intercept").asDouble())
        .isCloseTo(far + plain.at("/solution/intercept").asDouble(), within(1e-6));
    assertThat(moved.at("/inner/objective").asDouble())
        .isCloseTo(plain.at("/inner/objective").asDouble(), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"logistic, true", "logistic, false", "multinomial, true", "multinomial, false"})
  void separableClassesAreCalledSo(String loss, boolean isSeparable) throws IOException {
    boolean isLogistic = loss.equals("logistic");
    Random noise = new Random(1);
    DoubleBinaryOperator label =
        (a, b) -> {
          double score = isSeparable ? a + b : noise.nextGaussian();
          return isLogistic ? (score > 0 ? 1 : -1) : (score > 0.5 ? 2 : score > -0.5 ? 1 : 0);
        };
    rows(label);
    String format = Files.readString(folder.resolve("rows.csv")).replace(".0\n", "\n");
    Files.writeString(folder.resolve("rows.csv"), format);
    JsonNode result = result("model.loss=" + loss, "theta=-20");
    String warnings = result.get("warnings").toString();
    assertThat(warnings.contains("separable by the features")).as(warnings).isEqualTo(isSeparable);
  }
}
