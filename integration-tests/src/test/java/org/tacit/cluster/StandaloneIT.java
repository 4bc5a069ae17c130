package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.tacit.spark.SparkExtension;

/**
 * Jobs on a standalone cluster of other processes: the same numbers as in one JVM, to the last bit,
 * and messages that reach whoever submits.
 */
@ExtendWith(SparkExtension.class)
class StandaloneIT {
  private static final List<String> IN_CLUSTER = List.of("--deploy-mode", "cluster");

  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = LocalCluster.standalone(folder.resolve("cluster"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
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
    Trial trial = Trial.of("hypergradient");
    try (Command job = cluster.submit(name, settings, trial.arguments(out(name)))) {
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    JsonNode embedded = trial.embedded(folder, 0, session);
    assertThat(Trial.numbers(out(name))).isEqualTo(embedded);
    assertThat(embedded.get("hypergradient").size()).isEqualTo(30);
  }

  @Test
  void aConfigurationOfTheSubmittersDiskIsToldHowToTravel()
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of("hypergradient", "no-such-folder/x.conf", "--output", out("no"));
    try (Command job = cluster.submit("absent", IN_CLUSTER, arguments)) {
      // Spark's own exit code: zero whatever becomes of a driver on a standalone worker.
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    assertThat(cluster.saidByDrivers())
        .contains("exit code 2: no-such-folder/x.conf")
        .contains("name it as hdfs://..., or bring it by --files");
    assertThat(Files.readString(folder.resolve("no/status.json")))
        .contains("\"exitCode\" : 2", "No configuration file no-such-folder/x.conf");
    assertThat(folder.resolve("no").toFile().list()).containsExactly("status.json");
  }

  @Test
  void filesThatWereSubmittedAreFoundByName() throws IOException, InterruptedException {
    Path conf = folder.resolve("brought.conf");
    Path data = References.root().resolve("conf");
    Files.writeString(
        conf,
        Files.readString(Trial.CONF)
            .replaceAll("(?m)^data \\{", "data {\n  folder = \"" + data + "\""));
    List<String> settings = List.of("--deploy-mode", "cluster", "--files", conf.toString());
    List<String> arguments = Trial.of("hypergradient").arguments("brought.conf", out("brought"));
    try (Command job = cluster.submit("brought", settings, arguments)) {
      assertThat(job.end()).as("%s", cluster.saidByDrivers()).isZero();
    }
    assertThat(Files.exists(folder.resolve("brought/brought/result.json"))).isTrue();
  }
}
