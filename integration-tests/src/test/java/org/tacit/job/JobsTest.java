package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.fixtures.References;
import org.tacit.spark.SparkExtension;

/** Jobs from the command line to the written result, on both engines. */
@ExtendWith(SparkExtension.class)
class JobsTest {
  private static final Path CONF = References.root().resolve("conf");

  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private JsonNode run(String job, Path conf, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(job, conf.toString(), "--output", folder.toString(), "--overwrite"));
    arguments.addAll(Arrays.asList(more));
    assertThat(Tacit.run(arguments.toArray(new String[0]))).isZero();
    String name = conf.getFileName().toString().replaceFirst("\\.conf$", "");
    return new ObjectMapper().readTree(folder.resolve(name).resolve("result.json").toFile());
  }

  private static void assertNumbers(JsonNode found, JsonNode expected, double tolerance) {
    double scale = 0;
    double worst = 0;
    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i).asDouble()));
      worst = Math.max(worst, Math.abs(found.get(i).asDouble() - expected.get(i).asDouble()));
    }
    assertThat(worst).isLessThan(tolerance * scale);
  }

  @ParameterizedTest
  @CsvSource({"spark, 1", "spark, 3", "in-process, 1", "in-process, 3", "auto, 2"})
  void hypergradientMeetsTheReference(String engine, int partitions) throws IOException {
    JsonNode reference = References.fixture("b_logreg_per_feature.json");
    JsonNode result =
        run(
            "hypergradient",
            CONF.resolve("breast-cancer.conf"),
            "--set",
            "theta=" + reference.get("theta"),
            "--set",
            "engine=" + engine,
            "--set",
            "data.partitions=" + partitions,
            "--set",
            "output.jacobian=true",
            "--set",
            "inner.tolerance=1e-12",
            "--set",
            "linear.tolerance=1e-12");
    assertThat(result.get("outcome").asText()).isEqualTo("converged");
    assertThat(result.get("engine").asText())
        .isEqualTo(engine.equals("auto") ? "in-process" : engine);
    assertNumbers(result.at("/solution/coefficients"), reference.get("x_star"), 1e-9);
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
    for (int i = 0; i < 30; i++) {
      assertNumbers(result.get("jacobian").get(i), reference.get("jacobian").get(i), 1e-6);
    }
    assertThat(result.get("outerValue").asDouble())
        .isCloseTo(reference.get("outer").asDouble(), org.assertj.core.data.Offset.offset(1e-10));
    assertThat(result.at("/inner/objective").asDouble())
        .isCloseTo(reference.get("inner").asDouble(), org.assertj.core.data.Offset.offset(1e-10));
    assertThat(result.at("/certificate/trusted").asBoolean()).isTrue();
    assertThat(result.at("/certificate/hypergradientErrorBound").asDouble()).isBetween(0.0, 1e-8);
    assertThat(result.at("/certificate/firstOrderEstimate").asDouble()).isBetween(0.0, 1e-9);
    assertThat(result.at("/certificate/theoremBound").asDouble()).isPositive();
    assertThat(result.at("/passes/inner").asInt()).isPositive();
    assertThat(result.at("/data/rows/train").asInt()).isEqualTo(285);
    assertThat(result.at("/data/partitions").asInt()).isEqualTo(partitions);
  }

  @Test
  void sparseHypergradientsAreCertifiedAtUsualTolerances() throws IOException {
    assumeTrue(References.hasLargeData("a9a"), "a9a is not in TACIT_DATA (see the README)");
    JsonNode result =
        run("hypergradient", CONF.resolve("a9a.conf"), "--set", "inner.tolerance=1e-10");
    JsonNode certificate = result.get("certificate");
    assertThat(certificate.get("trusted").asBoolean()).as("%s", certificate).isTrue();
    assertThat(certificate.get("reason").isNull()).isTrue();
    assertThat(certificate.get("fallback").isNull()).isTrue();
    assertThat(certificate.get("kinkDistance").isNull()).isTrue();
    double bound = certificate.get("hypergradientErrorBound").asDouble();
    JsonNode exact =
        run("hypergradient", CONF.resolve("a9a.conf"), "--set", "inner.tolerance=1e-13");
    double error = 0;
    for (int j = 0; j < 123; j++) {
      double difference =
          result.get("hypergradient").get(j).asDouble()
              - exact.get("hypergradient").get(j).asDouble();
      error = Math.hypot(error, difference);
    }
    double uncertainty = exact.at("/certificate/hypergradientErrorBound").asDouble();
    assertThat(error).isLessThanOrEqualTo(bound + uncertainty);
    assertThat(bound).isPositive();
  }

  @Test
  void aSingularSystemIsAnnouncedWithItsFallback() throws IOException {
    Path conf = folder.resolve("twins.conf");
    Files.writeString(
        folder.resolve("twins.csv"),
        "a,b,y\n1,1,2\n2,2,3\n-1,-1,-2\n0.5,0.5,1\n3,3,7\n-2,-2,-5\n1.5,1.5,2\n4,4,7\n");
    Files.writeString(
        conf,
        """
        data { path = twins.csv, label = y, split { modulo = 4, train = [0, 1, 2], validation = [3] } }
        model { loss = squared }
        theta = -800
        """);
    Path out = folder.resolve("out");
    assertThat(Tacit.run("hypergradient", conf.toString(), "--output", out.toString()))
        .isEqualTo(ExitCode.NOT_CONVERGED.number());
    JsonNode result = new ObjectMapper().readTree(out.resolve("twins/result.json").toFile());
    assertThat(result.get("outcome").asText()).isEqualTo("singular");
    JsonNode certificate = result.get("certificate");
    assertThat(certificate.get("trusted").asBoolean()).isFalse();
    assertThat(certificate.get("fallback").asText()).contains("least squares");
    assertThat(certificate.get("reason").asText()).contains("singular").contains("add a penalty");
    assertThat(certificate.get("hypergradientErrorBound").isNull()).isTrue();
  }

  @Test
  void interceptsFollowTheCoefficients() throws IOException {
    JsonNode reference = References.fixture("b_logreg_intercept.json");
    JsonNode result =
        run(
            "hypergradient",
            CONF.resolve("breast-cancer.conf"),
            "--set",
            "theta=-3",
            "--set",
            "model.per=all",
            "--set",
            "model.intercept=true",
            "--set",
            "output.jacobian=true",
            "--set",
            "inner.tolerance=1e-12");
    double intercept = reference.get("x_star").get(30).asDouble();
    assertThat(result.at("/solution/intercept").asDouble())
        .isCloseTo(intercept, org.assertj.core.data.Offset.offset(1e-9 * Math.abs(intercept)));
    assertThat(result.get("jacobian").size()).isEqualTo(31);
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-process", "spark"})
  void multinomialHypergradientMeetsTheReference(String engine) throws IOException {
    JsonNode reference = References.fixture("c_multinomial_digits_one.json");
    JsonNode result =
        run(
            "hypergradient",
            CONF.resolve("digits.conf"),
            "--set",
            "theta=-5",
            "--set",
            "model.per=all",
            "--set",
            "engine=" + engine,
            "--set",
            "inner.tolerance=1e-12",
            "--set",
            "linear.tolerance=1e-12");
    assertNumbers(result.at("/solution/coefficients"), reference.get("x_star"), 1e-9);
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
  }

  @Test
  void tuningRidgePenaltiesBeatsEveryCommonOne() throws IOException {
    JsonNode result = run("tune", CONF.resolve("diabetes.conf"));
    double tuned = result.get("outerValue").asDouble();
    assertThat(tuned).isLessThan(result.at("/grid/bestOuterValue").asDouble());
    assertThat(result.at("/losses/validation/after").asDouble())
        .isLessThan(result.at("/losses/validation/before").asDouble());
  }

  @Test
  void severalConfigurationsShareASession() throws IOException {
    Path second = Files.copy(CONF.resolve("diabetes.conf"), folder.resolve("again.conf"));
    String data = CONF.resolve("data/diabetes.csv").toString();
    int code =
        Tacit.run(
            "solve",
            CONF.resolve("diabetes.conf").toString(),
            second.toString(),
            "--set",
            "data.path=\"" + data + "\"",
            "--output",
            folder.resolve("out").toString());
    assertThat(code).isZero();
    assertThat(folder.resolve("out/diabetes/result.json")).exists();
    assertThat(folder.resolve("out/again/result.json")).exists();
  }

  @Test
  void scopesOfPenaltiesAgreeWhereTheyMeanTheSame() throws IOException {
    String iris = CONF.resolve("data/iris.csv").toString();
    Path conf = folder.resolve("iris.conf");
    Files.writeString(
        conf,
        """
        data { format = csv, path = "%s", label = y, split { modulo = 4, train = [0, 1], validation = [2] } }
        model { loss = multinomial, per = all, intercept = true }
        theta = -3
        """
            .formatted(iris));
    JsonNode all = run("hypergradient", conf);
    JsonNode byClass = run("hypergradient", conf, "--set", "model.per=class");
    JsonNode byGroup =
        run("hypergradient", conf, "--set", "model.per=group", "--set", "model.groups=[0,0,1,1]");
    double total = all.get("hypergradient").get(0).asDouble();
    for (JsonNode split : List.of(byClass, byGroup)) {
      assertNumbers(split.at("/solution/coefficients"), all.at("/solution/coefficients"), 1e-8);
      double sum = 0;
      for (JsonNode part : split.get("hypergradient")) {
        sum += part.asDouble();
      }
      assertThat(sum).isCloseTo(total, org.assertj.core.data.Offset.offset(1e-8 * Math.abs(total)));
    }
    assertThat(byClass.get("hypergradient").size()).isEqualTo(3);
    assertThat(byGroup.get("hypergradient").size()).isEqualTo(2);
    double intercepts = 0;
    for (JsonNode b : all.at("/solution/intercept")) {
      intercepts += b.asDouble();
    }
    assertThat(intercepts).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-9));
  }
}
