package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    "hypergradient, client, org.apache.spark.serializer.JavaSerializer",
    "solve, client, org.apache.spark.serializer.KryoSerializer",
    "hypergradient, cluster, org.apache.spark.serializer.KryoSerializer",
    "tune, cluster, org.apache.spark.serializer.JavaSerializer",
    "cross-validate, client, org.apache.spark.serializer.KryoSerializer"
  })
  void numbersAreThoseOfOneJvm(String command, String mode, String serialiser, SparkSession session)
      throws IOException, InterruptedException {
    String name = command + "-" + mode;
    List<String> settings =
        List.of("--deploy-mode", mode, "--conf", "spark.serializer=" + serialiser);
    boolean isSweep = command.equals("cross-validate");
    Trial trial =
        isSweep
            ? Trial.of(command, "folds=5", "sweep.points=6")
            : Trial.of(command, "outer.grid=null", "outer.tolerance=0.05");
    try (Command job = cluster.submit(name, settings, trial.arguments(out(name)))) {
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    JsonNode embedded = trial.embedded(folder, 0, session);
    assertThat(Trial.numbers(out(name))).isEqualTo(embedded);
    assertThat(embedded.at("/solution/coefficients").size()).isEqualTo(30);
    boolean isDerived = command.equals("hypergradient") || command.equals("tune");
    assertThat(embedded.at("/hypergradient").size()).isEqualTo(isDerived ? 30 : 0);
    assertThat(embedded.at("/sweep/candidates").size()).isEqualTo(isSweep ? 6 : 0);
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

  private static String page(String address) throws IOException {
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The numbers of a job that runs, as Prometheus reads them. */
  private static String gauges(int port) throws IOException, InterruptedException {
    String address = "http://127.0.0.1:" + port + "/metrics/prometheus/";
    String gauge = "(?s).*_tacit_passes_Value\\{[^}]*\\} [1-9].*";
    String said = "";
    for (int tenth = 0; tenth < 100 && !said.matches(gauge); tenth++) {
      Thread.sleep(100);
      said = page(address);
    }
    return said;
  }

  @Test
  void aJobCanBeWatchedAndItsHistoryRead() throws IOException, InterruptedException {
    Path events = Files.createDirectory(folder.resolve("events"));
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    List<String> settings = new ArrayList<>();
    for (String setting :
        List.of(
            "spark.ui.port=" + port,
            "spark.eventLog.enabled=true",
            "spark.eventLog.dir=" + events.toUri(),
            "spark.metrics.conf.*.sink.prometheusServlet.class="
                + "org.apache.spark.metrics.sink.PrometheusServlet",
            "spark.metrics.conf.*.sink.prometheusServlet.path=/metrics/prometheus")) {
      settings.addAll(List.of("--conf", setting));
    }
    Trial tuning = Trial.of("tune", "outer.grid=null");
    try (Command job = cluster.submit("watched", settings, tuning.arguments(out("watched")))) {
      job.await(" +1  .*");
      assertThat(gauges(port))
          .containsPattern("_tacit_passes_Value\\{[^}]*\\} [1-9]")
          .containsPattern("_tacit_rows_Value\\{[^}]*\\} [1-9]")
          .containsPattern("_tacit_loss_Value\\{[^}]*\\} 0\\.[0-9]");
      assertThat(job.end()).as("%s", job.said()).isZero();
    }
    cluster.script("history", events.toString());
    ObjectMapper json = new ObjectMapper();
    String applications = cluster.history("/api/v1/applications");
    String id = json.readTree(page(applications)).at("/0/id").asText();
    JsonNode jobs = json.readTree(page(applications + "/" + id + "/jobs"));
    List<String> names = jobs.findValuesAsText("description");
    assertThat(names).anyMatch(name -> name.matches("outer 2, adjoint.*"));
    assertThat(names).anyMatch(name -> name.matches("outer 2, inner.*"));
    assertThat(jobs.findValuesAsText("jobGroup")).contains("breast-cancer");
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
