package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

/** Jobs with l1 and elastic-net penalties, and every method for linear systems. */
@ExtendWith(SparkExtension.class)
class SparseJobsTest {
  private static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();

  @TempDir Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private JsonNode run(String job, String conf, String... settings) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                job,
                CONF.resolve(conf + ".conf").toString(),
                "--output",
                folder.toString(),
                "--overwrite"));
    for (String setting : Arrays.asList(settings)) {
      arguments.add("--set");
      arguments.add(setting);
    }
    assertThat(Tacit.run(arguments.toArray(new String[0]))).isZero();
    return new ObjectMapper().readTree(folder.resolve(conf).resolve("result.json").toFile());
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
  @CsvSource({
    "d_lasso, diabetes, l1, all, in-process",
    "d_lasso, diabetes, l1, all, spark",
    "d_wlasso, diabetes, l1, feature, spark",
    "d_enet, diabetes, elastic-net, all, spark",
    "d_sparse_logreg, breast-cancer, l1, all, spark"
  })
  void hypergradientsMeetTheReference(
      String fixture, String conf, String penalty, String per, String engine) throws IOException {
    JsonNode reference = References.fixture(fixture + ".json");
    JsonNode result =
        run(
            "hypergradient",
            conf,
            "theta=" + reference.get("theta"),
            "model.penalty=" + penalty,
            "model.per=" + per,
            "engine=" + engine,
            "inner.tolerance=1e-12",
            "linear.tolerance=1e-12");
    assertThat(result.get("outcome").asText()).isEqualTo("converged");
    assertNumbers(result.at("/solution/coefficients"), reference.get("x_star"), 1e-9);
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
    assertThat(result.at("/linearSolve/method").asText()).contains(" of ");
  }

  @ParameterizedTest
  @CsvSource({
    "auto, none",
    "cg, none",
    "cg, diagonal",
    "cg, nystrom",
    "minres, none",
    "minres, diagonal",
    "gmres, none",
    "gmres, nystrom",
    "bicgstab, none",
    "lsmr, none",
    "normal-cg, none",
    "dense, none"
  })
  void everyLinearMethodGivesTheSameHypergradient(String method, String preconditioner)
      throws IOException {
    JsonNode reference = References.fixture("b_logreg_per_feature.json");
    JsonNode result =
        run(
            "hypergradient",
            "breast-cancer",
            "theta=" + reference.get("theta"),
            "linear.method=" + method,
            "linear.preconditioner=" + preconditioner,
            "linear.rank=10",
            "inner.tolerance=1e-12",
            "linear.tolerance=1e-10");
    assertThat(result.at("/linearSolve/outcome").asText()).isEqualTo("converged");
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cg", "dense", "lsmr"})
  void everyLinearMethodIsRestrictedToTheSupport(String method) throws IOException {
    JsonNode reference = References.fixture("d_lasso.json");
    JsonNode result =
        run(
            "hypergradient",
            "diabetes",
            "theta=" + reference.get("theta"),
            "model.penalty=l1",
            "model.per=all",
            "linear.method=" + method,
            "inner.tolerance=1e-12",
            "linear.tolerance=1e-12");
    assertThat(result.at("/linearSolve/method").asText()).endsWith("on 5 of 10");
    assertNumbers(result.get("hypergradient"), reference.get("hypergrad"), 1e-7);
  }

  @Test
  void tuningAWeightedLassoBeatsEveryCommonPenalty() throws IOException {
    JsonNode result = run("tune", "diabetes", "model.penalty=l1", "model.per=feature", "theta=-4");
    assertThat(result.get("outerValue").asDouble())
        .isLessThan(result.at("/grid/bestOuterValue").asDouble());
    assertThat(result.at("/inner/method").asText()).contains("proximal newton");
  }

  @Test
  void anInterceptIsNotPenalised() throws IOException {
    JsonNode result =
        run(
            "hypergradient",
            "breast-cancer",
            "model.penalty=l1",
            "model.per=all",
            "model.intercept=true",
            "theta=3");
    for (JsonNode coefficient : result.at("/solution/coefficients")) {
      assertThat(coefficient.asDouble()).isZero();
    }
    assertThat(result.at("/solution/intercept").asDouble()).isGreaterThan(0.1);
    assertThat(result.get("hypergradient").get(0).asDouble()).isZero();
  }
}
