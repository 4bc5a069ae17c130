package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.spark.SparkExtension;

/**
 * A lasso whose largest penalty is exp(0): of rows e_j with labels y_j and n of them, w_j =
 * soft(y_j, n lambda), so that the first coefficient leaves zero at theta = 0, the second at
 * log(1/2).
 */
@ExtendWith(SparkExtension.class)
class KinkJobsTest {
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private JsonNode at(double theta, String engine) throws IOException {
    String header = "x0,x1,x2,x3,y\n";
    Files.writeString(
        folder.resolve("train.csv"), header + "1,0,0,0,4\n0,1,0,0,2\n0,0,1,0,1\n0,0,0,1,0.5\n");
    Files.writeString(
        folder.resolve("valid.csv"),
        header + "1,0,0,0,4.1\n0,1,0,0,2.1\n0,0,1,0,1.1\n0,0,0,1,0.6\n");
    Path conf = folder.resolve("lasso.conf");
    Files.writeString(
        conf,
        """
        data { format = csv, train = train.csv, validation = valid.csv, label = y }
        model { loss = squared, penalty = l1, per = all }
        """
            + "theta = "
            + theta
            + "\nengine = "
            + engine
            + "\n");
    String[] run = {"hypergradient", conf.toString(), "--output", folder.toString(), "--overwrite"};
    assertThat(Tacit.run(run)).isZero();
    return new ObjectMapper().readTree(folder.resolve("lasso").resolve("result.json").toFile());
  }

  /** 1/n sum of (w_j - v_j) dw_j, dw_j = -n lambda where w_j is not zero. */
  private static double derivative(double theta) {
    double lambda = Math.exp(theta);
    double[] labels = {4, 2, 1, 0.5};
    double sum = 0;
    for (double label : labels) {
      double w = label - 4 * lambda;
      sum += w > 0 ? (w - label - 0.1) * -lambda : 0;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "0, in-process, false",
    "0, spark, false",
    "1e-12, in-process, false",
    "-1e-12, in-process, false",
    "-0.69314718055994530942, in-process, false",
    "1e-6, in-process, true",
    "-1e-6, spark, true",
    "-1e-6, in-process, true",
    "1, in-process, true",
    "-0.5, in-process, true",
    "-1, in-process, true"
  })
  void trustedUnlessOnAKink(double theta, String engine, boolean isTrusted) throws IOException {
    JsonNode result = at(theta, engine);
    JsonNode certificate = result.get("certificate");
    assertThat(certificate.get("trusted").asBoolean()).as("%s", certificate).isEqualTo(isTrusted);
    double found = result.get("hypergradient").get(0).asDouble();
    if (isTrusted) {
      assertThat(found).isCloseTo(derivative(theta), within(1e-8));
    } else {
      boolean isRight = Math.abs(found - derivative(theta + 1e-9)) < 1e-6;
      boolean isLeft = Math.abs(found - derivative(theta - 1e-9)) < 1e-6;
      assertThat(isRight != isLeft).isTrue();
      assertThat(certificate.get("reason").asText())
          .contains("on a kink where the coefficient of x")
          .contains(isRight ? "from the right in theta" : "from the left in theta");
    }
  }
}
