package org.tacit.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tacit.fixtures.References;

/**
 * A Spark cluster of processes: a master and workers of one core each, on 127.0.0.1 and free ports.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern ALIVE = Pattern.compile("\"state\"\\s*:\\s*\"ALIVE\"");
  private static final int DAEMON_HEAP = 256;
  private static final int DRIVER_HEAP = 1024;

  private final Path folder;
  private final int port = free();
  private final int page = free();
  private final JavaProcess master;
  private final List<JavaProcess> workers = new ArrayList<>();

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    this.master =
        JavaProcess.start(
            folder.resolve("master.log"),
            DAEMON_HEAP,
            Map.of(),
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(page));
  }

  static StandaloneCluster start(Path folder, int workers)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    for (int k = 0; k < workers; k++) {
      cluster.addWorker();
    }
    cluster.awaitWorkers(workers);
    return cluster;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  /** Another worker joins. */
  void addWorker() throws IOException {
    workers.add(
        JavaProcess.start(
            folder.resolve("worker-" + workers.size() + ".log"),
            DAEMON_HEAP,
            Map.of("SPARK_WORKER_DIR", folder.resolve("work").toString()),
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "2g",
            url()));
  }

  void awaitWorkers(int count) throws IOException, InterruptedException {
    for (int second = 0; second < 120; second++) {
      if (alive() >= count) {
        return;
      }
      if (!master.isAlive()) {
        break;
      }
      Thread.sleep(1_000);
    }
    throw new IllegalStateException("no cluster of " + count + " workers: " + master.said());
  }

  private long alive() {
    try (var in = URI.create("http://127.0.0.1:" + page + "/json/").toURL().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ALIVE.matcher(text).results().count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> worker.children("CoarseGrainedExecutorBackend").stream())
        .toList();
  }

  /** Ends a worker and its executors at once. */
  void killWorker(int index) {
    JavaProcess worker = workers.get(index);
    worker.children("").forEach(ProcessHandle::destroyForcibly);
    worker.close();
  }

  /**
   * Submits a job as a user does, with the application jar.
   *
   * @param settings of spark-submit, before the jar
   * @param arguments of Tacit
   */
  JavaProcess submit(String name, List<String> settings, List<String> arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", url()));
    all.addAll(List.of("--conf", "spark.executor.memory=512m"));
    all.addAll(List.of("--conf", "spark.driver.memory=1g"));
    all.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    all.addAll(settings);
    all.addAll(List.of("--class", "org.tacit.job.Tacit", application().toString()));
    all.addAll(arguments);
    return JavaProcess.start(
        folder.resolve(name + ".log"), DRIVER_HEAP, Map.of(), all.toArray(new String[0]));
  }

  private static Path application() throws IOException {
    try (var files = Files.list(References.root().resolve("spark-jobs/target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-application.jar"))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("no application jar (mvn package makes it)"));
    }
  }

  /** What the drivers said that ran on workers. */
  String saidByDrivers() throws IOException {
    StringBuilder said = new StringBuilder();
    try (var files = Files.walk(folder.resolve("work"))) {
      for (Path file : files.filter(f -> f.endsWith("stderr") || f.endsWith("stdout")).toList()) {
        if (file.getParent().getFileName().toString().startsWith("driver")) {
          said.append(Files.readString(file));
        }
      }
    }
    return said.toString();
  }

  @Override
  public void close() {
    workers.forEach(JavaProcess::close);
    master.close();
  }
}
