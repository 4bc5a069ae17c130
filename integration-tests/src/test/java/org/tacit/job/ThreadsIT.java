package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.fixtures.References;

/** Jobs in JVMs of their own. */
class ThreadsIT {
  @TempDir private Path folder;

  private JsonNode run(String master) throws IOException, InterruptedException {
    Path root = References.root();
    Path out = folder.resolve(master.replaceAll("\\W", "-"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("conf/jvm.options"));
    command.add("-Dspark.master=" + master);
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    command.add("-Dspark.driver.host=127.0.0.1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.tacit.job.Tacit");
    command.addAll(List.of("hypergradient", root.resolve("conf/breast-cancer.conf").toString()));
    command.addAll(
        List.of("--set", "engine=spark", "--set", "data.partitions=6", "--output", out.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + out.getFileName()).toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new ObjectMapper().readTree(out.resolve("breast-cancer/result.json").toFile());
  }

  @Test
  void oneThreadAndTwoGiveTheSameBits() throws IOException, InterruptedException {
    JsonNode one = run("local[1]");
    JsonNode two = run("local[2]");
    for (String key : List.of("hypergradient", "solution", "outerValue", "theta")) {
      assertThat(two.get(key)).isEqualTo(one.get(key));
    }
    assertThat(one.get("hypergradient").size()).isEqualTo(30);
  }
}
