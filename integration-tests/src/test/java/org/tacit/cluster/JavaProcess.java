package org.tacit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tacit.fixtures.References;

/** A JVM of its own with Spark's jars, ended with its descendants when closed. */
final class JavaProcess implements AutoCloseable {
  private static final Path ROOT = References.root();
  static final Path HOME = ROOT.resolve("spark-jobs/target/home");

  private final Process process;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code main} with a heap of so many megabytes; all it says goes to {@code log}. */
  static JavaProcess start(Path log, int heap, Map<String, String> environment, String... main)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ROOT.resolve("conf/jvm.options"));
    // A few heaps beside each other on a small machine.
    command.addAll(List.of("-XX:-UseParallelGC", "-XX:+UseSerialGC", "-Xmx" + heap + "m"));
    command.add("-Dlog4j2.configurationFile=" + ROOT.resolve("conf/log4j2.properties"));
    command.addAll(List.of("-cp", HOME.resolve("jars") + "/*"));
    command.addAll(List.of(main));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", HOME.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The processes it has started whose command line has {@code main}. */
  List<ProcessHandle> children(String main) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(main))
        .toList();
  }

  /** What it has said so far. */
  String said() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
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
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.TimeoutException slow) {
        one.destroyForcibly();
      }
    }
  }
}
