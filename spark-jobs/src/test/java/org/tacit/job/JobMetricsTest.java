package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.spark.SparkExtension;

/** Spark's metrics system knows what a tuning has come to. */
@ExtendWith(SparkExtension.class)
class JobMetricsTest {
  @TempDir private Path folder;

  private static double gauge(MetricRegistry registry, String name) {
    return (Double) registry.getGauges().get(name).getValue();
  }

  @Test
  void gaugesAreThoseOfTheLastTuning(SparkSession session) throws IOException {
    Files.write(
        folder.resolve("a.csv"),
        List.of("a,b,y", "1,2,1", "2,-1,-1", "0.5,1,1", "-1,1,1", "2,0.5,-1", "3,1,1"));
    Path conf = folder.resolve("a.conf");
    Files.writeString(
        conf,
        """
        data { path = a.csv, label = y, split { modulo = 3, train = [0, 1], validation = 2 } }
        model { loss = logistic }
        theta = -2
        engine = in-process
        outer { max-iterations = 2 }
        """);
    Tacit.run("tune", conf.toString(), "--output", folder.resolve("out").toString());
    JsonNode result = new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
    MetricRegistry tacit =
        session
            .sparkContext()
            .env()
            .metricsSystem()
            .getSourcesByName("tacit")
            .head()
            .metricRegistry();
    assertThat(gauge(tacit, "passes")).isEqualTo(result.at("/passes/total").asDouble());
    // Four rows or two are read in a pass.
    assertThat(gauge(tacit, "rows"))
        .isBetween(2 * gauge(tacit, "passes"), 4 * gauge(tacit, "passes"));
    assertThat(gauge(tacit, "rowsPerSecond")).isPositive();
    assertThat(gauge(tacit, "iteration")).isEqualTo(2);
    assertThat(gauge(tacit, "residual")).isPositive();
    List<Double> values = new ArrayList<>();
    result.at("/tuning/outerValues").forEach(value -> values.add(value.asDouble()));
    assertThat(gauge(tacit, "loss")).isEqualTo(Collections.min(values));
  }
}
