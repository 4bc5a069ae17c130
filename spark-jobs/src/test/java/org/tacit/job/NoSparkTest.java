package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkJobs;

/** Jobs on small files of this machine have no need of Spark. */
@ExtendWith(SparkExtension.class)
class NoSparkTest {
  @TempDir private Path folder;

  private JsonNode tuned(String engine) throws IOException {
    Random random = new Random(3);
    Files.writeString(
        folder.resolve("a.csv"),
        IntStream.range(-1, 90)
            .mapToObj(
                r -> {
                  double a = random.nextGaussian();
                  double b = random.nextGaussian();
                  int y = a - b + random.nextGaussian() > 0 ? 1 : -1;
                  return r < 0 ? "a,b,y" : a + "," + b + "," + y;
                })
            .collect(Collectors.joining("\n")));
    Path conf =
        Files.writeString(
            folder.resolve("a.conf"),
            """
            data {
              path = a.csv, label = y, partitions = 3
              split { modulo = 3, train = [0, 1], validation = 2 }
            }
            model { loss = logistic }
            theta = -2
            outer { max-iterations = 5 }
            """);
    String output = folder.resolve(engine).toString();
    Tacit.run("tune", conf.toString(), "--set", "engine=" + engine, "--output", output);
    return new ObjectMapper().readTree(Path.of(output, "a", "result.json").toFile());
  }

  @Test
  void theNumbersAreThoseOfSparkToTheLastBit(SparkJobs jobs) throws IOException {
    JsonNode[] here = new JsonNode[1];
    SparkJobs.Tally tally =
        jobs.during(
            () -> {
              try {
                here[0] = tuned("auto");
              } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
              }
            });
    assertThat(tally.descriptions()).isEmpty();
    JsonNode there = tuned("spark");
    assertThat(here[0].get("engine").asText()).isEqualTo("in-process");
    assertThat(there.get("engine").asText()).isEqualTo("spark");
    assertThat(numbers(here[0])).hasSizeGreaterThan(5).isEqualTo(numbers(there));
  }

  /** All but where and when. */
  private static JsonNode numbers(JsonNode result) {
    return ((ObjectNode) result)
        .remove(List.of("engine", "seconds", "started", "ended", "configuration"));
  }
}
