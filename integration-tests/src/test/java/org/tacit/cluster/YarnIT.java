package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.fixtures.References;
import org.tacit.spark.SparkExtension;

/** Jobs on YARN whose configuration, data and results are on HDFS. */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class YarnIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = LocalCluster.yarn(folder.resolve("cluster"));
    String conf = References.root().resolve("conf").toString();
    cluster.script("hdfs", "-mkdir", "-p", "/tacit/data");
    cluster.script("hdfs", "-put", conf + "/breast-cancer.conf", "/tacit/");
    cluster.script("hdfs", "-put", conf + "/data/breast_cancer.csv", "/tacit/data/");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** In cluster mode with everything that Spark has to keep others out. */
  private static List<String> settings(String mode) {
    List<String> settings = new ArrayList<>(List.of("--deploy-mode", mode));
    if (mode.equals("cluster")) {
      for (String guarded :
          List.of(
              "spark.authenticate=true",
              "spark.network.crypto.enabled=true",
              "spark.io.encryption.enabled=true",
              "spark.acls.enable=true",
              "spark.ui.view.acls=nobody")) {
        settings.addAll(List.of("--conf", guarded));
      }
    }
    return settings;
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void numbersAreThoseOfOneJvm(String mode, SparkSession session)
      throws IOException, InterruptedException {
    Trial trial = Trial.of("hypergradient");
    String output = "/tacit/" + mode;
    List<String> arguments = trial.arguments("/tacit/breast-cancer.conf", output);
    try (Command job = cluster.submit(mode, settings(mode), arguments)) {
      assertThat(job.end()).as("%s %s", job.said(), cluster.saidByDrivers()).isZero();
    }
    JsonNode embedded = trial.embedded(folder, 0, session);
    assertThat(Trial.numbers(cluster.hdfs(output))).isEqualTo(embedded);
  }

  private static String refused(String name, String user, String output)
      throws IOException, InterruptedException {
    List<String> arguments =
        Trial.of("hypergradient").arguments("/tacit/breast-cancer.conf", output);
    try (Command job = cluster.alone(name, user, arguments)) {
      assertThat(job.end()).as("%s", job.said()).isEqualTo(2);
      assertThat(job.said().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
      return job.said();
    }
  }

  @Test
  void anOutputWithoutRoomIsRefusedBeforeAnyWork() throws IOException, InterruptedException {
    cluster.script("hdfs", "-mkdir", "/full");
    new HdfsAdmin(URI.create(cluster.hdfs("/")), new Configuration())
        .setSpaceQuota(new org.apache.hadoop.fs.Path("/full"), 1);
    assertThat(refused("full", System.getProperty("user.name"), "/full"))
        .contains("Cannot write to /full", "quota of /full is exceeded", "choose another --output")
        .doesNotContain("outer value");
  }

  @Test
  void anOutputOfSomebodyElseIsRefusedBeforeAnyWork() throws IOException, InterruptedException {
    assertThat(refused("denied", "guest", "/tacit/denied"))
        .contains("Permission denied: user=guest", "choose another --output")
        .doesNotContain("outer value");
  }

  /** The last, since nothing can be read or written after it. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aDataNodeThatDiesLosesNoResult(SparkSession session)
      throws IOException, InterruptedException {
    int steps = 8;
    Trial tuning = Trial.of("tune", "outer.grid=null", "outer.max-iterations=" + steps);
    String user = System.getProperty("user.name");
    List<String> arguments = tuning.arguments("/tacit/breast-cancer.conf", "/tacit/lost");
    try (Command job = cluster.alone("lost", user, arguments)) {
      job.await(" +1  .*");
      cluster.server("datanode").destroyForcibly();
      assertThat(job.end()).as("%s", job.said()).isEqualTo(2);
      Matcher kept =
          Pattern.compile("Cannot write to hdfs://\\S+/tacit/lost.* is kept as (\\S+\\.json)")
              .matcher(job.said());
      assertThat(kept.find()).as("%s", job.said()).isTrue();
      JsonNode embedded = tuning.embedded(folder.resolve("tuning"), 3, session);
      assertThat(Trial.numbersIn(kept.group(1))).isEqualTo(embedded);
      assertThat(embedded.at("/tuning/iterations").asInt()).isEqualTo(steps);
    }
  }

  @Test
  void aJobThatFailsInClusterModeFailsOnceAndSaysWhy() throws IOException, InterruptedException {
    List<String> arguments = List.of("hypergradient", "/tacit/none.conf");
    try (Command job = cluster.submit("none", List.of("--deploy-mode", "cluster"), arguments)) {
      assertThat(job.end()).isOne();
      assertThat(job.said())
          .contains("exit code 2: /tacit/none.conf: No configuration file /tacit/none.conf");
    }
  }
}
