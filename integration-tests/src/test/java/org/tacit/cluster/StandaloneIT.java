package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.fixtures.References;
import org.tacit.job.Tacit;
import org.tacit.spark.SparkExtension;

/**
 * Jobs by spark-submit on a cluster of other processes: the same numbers as in one JVM, to the last
 * bit, whatever happens to executors.
 */
@ExtendWith(SparkExtension.class)
class StandaloneIT {
  private static final Path CONF = References.root().resolve("conf/breast-cancer.conf");
  private static final List<String> ON_SPARK =
      List.of("--set", "engine=spark", "--set", "data.partitions=4", "--overwrite");

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = StandaloneCluster.start(folder, 2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<String> arguments(String job, String... more) {
    List<String> arguments = new ArrayList<>(List.of(job, CONF.toString()));
    arguments.addAll(ON_SPARK);
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static List<String> to(String out, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--output", folder.resolve(out).toString()));
    return all;
  }

  private static JsonNode embedded(List<String> arguments, int code, SparkSession session)
      throws IOException {
    assertThat(session.sparkContext().isLocal()).isTrue();
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--output", folder.resolve("embedded").toString()));
    assertThat(Tacit.run(all.toArray(new String[0]))).isEqualTo(code);
    return numbers("embedded");
  }

  /** A result without what differs from run to run. */
  private static JsonNode numbers(String out) throws IOException {
    ObjectNode json =
        (ObjectNode)
            new ObjectMapper()
                .readTree(folder.resolve(out).resolve("breast-cancer/result.json").toFile());
    return json.without(List.of("seconds", "started", "ended", "versions", "kernel"));
  }

  @ParameterizedTest
  @CsvSource({
    "client, org.apache.spark.serializer.JavaSerializer",
    "client, org.apache.spark.serializer.KryoSerializer",
    "cluster, org.apache.spark.serializer.JavaSerializer"
  })
  void numbersAreThoseOfOneJvm(String mode, String serialiser, SparkSession session)
      throws IOException, InterruptedException {
    String name = mode + serialiser.substring(serialiser.lastIndexOf('.') + 1);
    List<String> settings =
        List.of("--deploy-mode", mode, "--conf", "spark.serializer=" + serialiser);
    List<String> arguments = arguments("hypergradient");
    try (JavaProcess job = cluster.submit(name, settings, to(name, arguments))) {
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    JsonNode embedded = embedded(arguments, 0, session);
    assertThat(numbers(name)).isEqualTo(embedded);
    assertThat(embedded.get("hypergradient").size()).isEqualTo(30);
  }

  @Test
  void anExecutorThatDiesChangesNothing(SparkSession session)
      throws IOException, InterruptedException {
    int unfinished = 3;
    List<String> arguments = arguments("tune", "--set", "outer.max-iterations=8");
    List<String> settings = List.of("--deploy-mode", "client");
    try (JavaProcess job = cluster.submit("killed", settings, to("killed", arguments))) {
      await(job, "^ +3  ");
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(2);
      executors.get(0).destroyForcibly();
      assertThat(job.end()).as("%s", job.said()).isEqualTo(unfinished);
      assertThat(job.said()).contains("Lost executor");
    }
    assertThat(numbers("killed")).isEqualTo(embedded(arguments, unfinished, session));
  }

  /** Waits for a line of the job's progress. */
  private static void await(JavaProcess job, String line) throws IOException, InterruptedException {
    for (int tenth = 0; tenth < 3_000 && job.isAlive(); tenth++) {
      if (job.said().lines().anyMatch(said -> said.matches(line + ".*"))) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no line " + line + ": " + job.said());
  }

  @Test
  void aConfigurationOfTheSubmittersDiskIsToldHowToTravel()
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "hypergradient", "no-such-folder/x.conf", "--output", folder.resolve("no").toString());
    try (JavaProcess job =
        cluster.submit("absent", List.of("--deploy-mode", "cluster"), arguments)) {
      // Spark's own exit code: zero whatever becomes of a driver on a standalone worker.
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    assertThat(cluster.saidByDrivers())
        .contains("exit code 2: no-such-folder/x.conf")
        .contains("name it as hdfs://..., or bring it by --files");
    assertThat(Files.exists(folder.resolve("no"))).isFalse();
  }

  @Test
  void filesThatWereSubmittedAreFoundByName() throws IOException, InterruptedException {
    Path conf = folder.resolve("brought.conf");
    Path data = References.root().resolve("conf");
    Files.writeString(
        conf,
        Files.readString(CONF).replaceAll("(?m)^data \\{", "data {\n  folder = \"" + data + "\""));
    List<String> arguments = new ArrayList<>(List.of("hypergradient", "brought.conf"));
    arguments.addAll(ON_SPARK);
    arguments.addAll(List.of("--output", folder.resolve("brought").toString()));
    List<String> settings = List.of("--deploy-mode", "cluster", "--files", conf.toString());
    try (JavaProcess job = cluster.submit("brought", settings, arguments)) {
      assertThat(job.end()).as("%s", cluster.saidByDrivers()).isZero();
    }
    assertThat(Files.exists(folder.resolve("brought/brought/result.json"))).isTrue();
  }
}
