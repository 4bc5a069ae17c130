package org.tacit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tacit.fixtures.References;

/**
 * A script of the checkout that runs, as a user types it; ended with its descendants when closed.
 */
final class Command implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Command(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; all it says goes to {@code log}. */
  static Command start(Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(words);
    command.set(0, References.root().resolve("scripts").resolve(words.get(0)).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Under Maven everything is built.
    builder.environment().put("TACIT_BUILD", "no");
    builder.environment().putAll(environment);
    return new Command(builder.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** What it has said so far. */
  String said() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Waits for a line that matches. */
  void await(String line) throws IOException, InterruptedException {
    for (int tenth = 0; tenth < 3_000; tenth++) {
      boolean isOver = !isAlive(); // before what it said is read: there may be a last line
      if (said().lines().anyMatch(each -> each.matches(line))) {
        return;
      }
      if (isOver) {
        break;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no line " + line + ": " + said());
  }

  /** Its exit code. */
  int end() throws IOException, InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no end after 5 minutes: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(20, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException slow) {
        one.destroyForcibly();
      }
    }
  }
}
