package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A command that is asked to end says so, and what it comes to meanwhile does not. */
class StatusFileTest {
  private static final String BEGUN = "begun";
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  /** A job that never ends. */
  public static void main(String[] arguments) {
    Job endless =
        workspace -> {
          System.out.println(BEGUN);
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
          }
          throw new IllegalStateException("ended");
        };
    Batch.run(CommandLine.populateCommand(new JobOptions(), arguments), endless);
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/status.json").toFile());
  }

  @Test
  void aSignalLeavesStopped() throws IOException, InterruptedException {
    Files.write(folder.resolve("a.csv"), List.of("a,b,y", "1,2,1", "2,-1,-1", "0.5,1,1"));
    Files.writeString(
        folder.resolve("a.conf"),
        "data { path = a.csv, label = y, split.fraction = 0.5 }\nmodel.loss = logistic\ntheta = -2\nengine = in-process\n");
    Process job =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StatusFileTest.class.getName(),
                folder.resolve("a.conf").toString(),
                "--output",
                folder.resolve("out").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(job.getInputStream(), StandardCharsets.UTF_8))) {
      String line = said.readLine();
      while (line != null && !line.equals(BEGUN)) {
        line = said.readLine();
      }
      assertThat(line).as(Files.readString(folder.resolve("errors"))).isEqualTo(BEGUN);
      assertThat(status().get("state").asText()).isEqualTo("running");
      job.destroy();
      assertThat(job.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      job.destroyForcibly();
    }
    assertThat(job.exitValue()).isEqualTo(TERMINATED);
    JsonNode status = status();
    assertThat(status.get("state").asText()).isEqualTo("stopped");
    assertThat(status.get("exitCode").isNull()).isTrue();
    assertThat(status.get("ended").isTextual()).isTrue();
    assertThat(status.get("message").asText()).contains("a signal", "--skip-existing");
  }

  private StatusFile begun() {
    StatusFile status = new StatusFile(Optional.of(folder.resolve("out").toString()));
    status.running();
    return status;
  }

  @Test
  void whatFailsSinceTheJvmEndsIsNotToldInItsPlace() throws IOException {
    StatusFile status = begun();
    status.stopped();
    status.failed(Failure.of(new IllegalStateException("no context any more")));
    status.finished(ExitCode.FAILED);
    assertThat(status().get("state").asText()).isEqualTo("stopped");
    assertThat(status().get("message").asText()).startsWith("Stopped before its end");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsWarnedOfOnce() throws IOException {
    Files.writeString(folder.resolve("out"), "a file");
    List<String> warnings = new ArrayList<>();
    Appender appender =
        new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            warnings.add(event.getMessage().getFormattedMessage());
          }
        };
    Logger logger = (Logger) LogManager.getLogger(StatusFile.class);
    appender.start();
    logger.addAppender(appender);
    try {
      StatusFile status = begun();
      status.running();
      status.finished(ExitCode.REFUSED);
    } finally {
      logger.removeAppender(appender);
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("No status.json: Cannot write to ");
  }

  @Test
  void whatHasEndedIsNotStopped() throws IOException {
    StatusFile status = begun();
    status.finished(ExitCode.NOT_CONVERGED);
    status.stopped();
    assertThat(status().get("state").asText()).isEqualTo("finished");
    assertThat(status().get("exitCode").asInt()).isEqualTo(3);
  }
}
