package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
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
import org.tacit.spark.SparkExtension;

/**
 * Columns as people have them: years, seconds since 1970, counts beside indicators, thousandths
 * beside millions. Right values are those of Newton's method on centred and scaled columns in
 * decimal arithmetic of 60 digits.
 */
@ExtendWith(SparkExtension.class)
class RawColumnsTest {
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private JsonNode run(String data, String name, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("hypergradient", conf(data, name), "--overwrite"));
    arguments.addAll(List.of("--output", folder.toString()));
    arguments.addAll(Arrays.asList(more));
    assertThat(Tacit.run(arguments.toArray(new String[0]))).isZero();
    JsonNode result =
        new ObjectMapper().readTree(folder.resolve(name).resolve("result.json").toFile());
    assertThat(result.get("outcome").asText()).isEqualTo("converged");
    assertThat(result.at("/certificate/trusted").asBoolean())
        .as("%s", result.get("certificate"))
        .isTrue();
    return result;
  }

  private static String conf(String data, String name) {
    try {
      return Path.of(
              RawColumnsTest.class
                  .getResource("/raw-columns/" + data + "/" + name + ".conf")
                  .toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void assertClose(double is, double due, double relative) {
    assertThat(is).isCloseTo(due, within(relative * Math.abs(due)));
  }

  @ParameterizedTest
  @CsvSource({
    "poisson-year, -5.3125021660650376, 0.03801551956764081, -74.44192905796689, 2.0411340113132836e-08",
    "gamma-year, 2.8447260123229436, 0.03639584471711459, -71.11074475320292, 2.0780520396703373e-08",
    "logistic-year, 0.26930915210947814, 0.4011772256185649, -803.3530679903291, 2.798406471438005e-06",
  })
  void aYear(
      String name, double objective, double coefficient, double intercept, double hypergradient)
      throws IOException {
    JsonNode result = run(name, name);
    assertClose(result.at("/inner/objective").asDouble(), objective, 1e-13);
    assertThat(result.at("/inner/iterations").asInt()).isLessThanOrEqualTo(10);
    assertClose(result.at("/solution/coefficients/0").asDouble(), coefficient, 1e-8);
    assertClose(result.at("/solution/intercept").asDouble(), intercept, 1e-8);
    assertClose(result.at("/hypergradient/0").asDouble(), hypergradient, 1e-8);
  }

  /** Ten unknowns, nine of them of indicators; log penalties down to none at all. */
  @ParameterizedTest
  @CsvSource({"-12, -388.44743395681633", "-4, -388.41167040303759", "-800, -388.44744605228072"})
  void countsBesideIndicators(double theta, double objective) throws IOException {
    JsonNode result = run("counts", "counts", "--set", "theta=" + theta);
    assertClose(result.at("/inner/objective").asDouble(), objective, 1e-14);
    assertThat(result.at("/inner/iterations").asInt()).isLessThanOrEqualTo(20);
  }

  @Test
  void secondsSince1970() throws IOException {
    JsonNode ridge = run("timestamp", "timestamp");
    assertClose(ridge.at("/inner/objective").asDouble(), 0.11065998597816756, 1e-13);
    assertClose(ridge.at("/solution/coefficients/0").asDouble(), 0.00010163359125593104, 1e-10);
    assertClose(ridge.at("/hypergradient/0").asDouble(), -1.3412673845328565e-11, 1e-8);
    JsonNode poisson = run("seconds", "seconds");
    assertClose(poisson.at("/inner/objective").asDouble(), -1.0932742109037177, 1e-13);
    assertClose(poisson.at("/solution/coefficients/0").asDouble(), 0.027228242107246624, 1e-8);
    assertClose(poisson.at("/solution/intercept").asDouble(), -46288011.680092044, 1e-8);
    assertClose(poisson.at("/hypergradient/0").asDouble(), -1.1181346882199957e-08, 1e-6);
    assertClose(poisson.at("/hypergradient/1").asDouble(), 0.00014302316137254528, 1e-6);
  }

  /** A year, millions and millionths; a sparse file says the same. */
  @ParameterizedTest
  @CsvSource({"mixed", "mixed-svm"})
  void unitsThatAreFarApart(String name) throws IOException {
    JsonNode result = run("mixed", name);
    assertClose(result.at("/inner/objective").asDouble(), 0.09791331476668425, 1e-12);
    assertClose(result.get("outerValue").asDouble(), 0.5138394166799927, 1e-9);
    double[] coefficients = {1.058671511067349, 9.181112319781697e-06, 11.0650443546187};
    double[] hypergradient = {-0.16611305096511483, -0.017158145848875983, -1.4715697577781828e-06};
    for (int j = 0; j < coefficients.length; j++) {
      assertClose(result.at("/solution/coefficients/" + j).asDouble(), coefficients[j], 1e-8);
      assertClose(result.at("/hypergradient/" + j).asDouble(), hypergradient[j], 1e-6);
    }
  }
}
