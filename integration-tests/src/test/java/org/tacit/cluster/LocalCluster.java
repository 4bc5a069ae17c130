package org.tacit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.tacit.fixtures.References;
import org.tacit.pass.TableFactory;

/** A cluster of processes on this machine, by {@code scripts/cluster}, on ports of its own. */
public final class LocalCluster implements AutoCloseable {
  private static final int CLAIM = 7000;
  private static final int MASTER = 7077;
  private static final int NAMES = 8020;
  private static final int HISTORY = 18_080;
  private static final List<Integer> PORTS =
      List.of(
          MASTER, 8080, NAMES, 8030, 8031, 8032, 8033, 8040, 8041, 8042, 8088, 9864, 9866, 9867,
          9870, HISTORY);

  /** Below those that the system lends to connections; no two of the ports differ by a multiple. */
  private static final int LAST_PORT = 32_767;

  private static final int STRIDE = 128;

  /** JVMs of a few seconds: on few cores, half their time is the optimising compiler's. */
  private static final String SHORT_LIVED =
      "-XX:TieredStopAtLevel=1 -XX:-UseParallelGC -XX:+UseSerialGC";

  private final Path folder;
  private final boolean isYarn;
  private final ServerSocket claim;
  private final int offset;

  private LocalCluster(Path folder, boolean isYarn) throws IOException {
    this.folder = folder;
    this.isYarn = isYarn;
    this.claim = claim();
    this.offset = claim.getLocalPort() - CLAIM;
  }

  /** A master and two workers of one core each. */
  public static LocalCluster standalone(Path folder) throws IOException, InterruptedException {
    LocalCluster cluster = new LocalCluster(folder, false);
    cluster.script("start");
    return cluster;
  }

  /** HDFS and YARN, a node each. */
  static LocalCluster yarn(Path folder) throws IOException, InterruptedException {
    LocalCluster cluster = new LocalCluster(folder, true);
    cluster.script("start", "--yarn");
    return cluster;
  }

  /** Held while the cluster lives: no other that is started so has one of its ports meanwhile. */
  private static ServerSocket claim() throws IOException {
    int choices = (LAST_PORT - HISTORY) / STRIDE;
    for (int attempt = 0; attempt < 1_000; attempt++) {
      Optional<ServerSocket> claim;
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        claim = claim((1 + any.getLocalPort() % choices) * STRIDE);
      }
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static Optional<ServerSocket> claim(int offset) throws IOException {
    ServerSocket claim;
    try {
      claim = new ServerSocket(CLAIM + offset, 1, InetAddress.getLoopbackAddress());
    } catch (BindException taken) {
      return Optional.empty();
    }
    if (PORTS.stream().allMatch(port -> isFree(port + offset))) {
      return Optional.of(claim);
    }
    claim.close();
    return Optional.empty();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** What Spark calls it. */
  public String master() {
    return isYarn ? "yarn" : "spark://127.0.0.1:" + (MASTER + offset);
  }

  /** An address on its HDFS. */
  String hdfs(String path) {
    return "hdfs://127.0.0.1:" + (NAMES + offset) + path;
  }

  /** An address of its History Server. */
  String history(String path) {
    return "http://127.0.0.1:" + (HISTORY + offset) + path;
  }

  Path folder() {
    return folder;
  }

  /** A session of this JVM on the cluster, whose executors know the tests' classes too. */
  public SparkSession session(String name) throws IOException {
    return SparkSession.builder()
        .master(master())
        .appName(name)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .config("spark.jars", application().toString())
        // One loader has both: a class of the tests names Tacit's.
        .config(
            "spark.executor.extraClassPath",
            String.join(":", testClasses(), placeOf(TableFactory.class), application().toString()))
        .getOrCreate();
  }

  /** The jar that executors need. */
  static Path application() throws IOException {
    try (Stream<Path> files = Files.list(References.root().resolve("spark-jobs/target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-application.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no application jar (mvn package)"));
    }
  }

  /** Where the tests' own classes are. */
  static String testClasses() {
    return placeOf(LocalCluster.class);
  }

  private static String placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private Map<String, String> environment() {
    return Map.of(
        "TACIT_CLUSTER",
        folder.toString(),
        "TACIT_PORTS",
        Integer.toString(offset),
        "TACIT_MEMORY",
        "1g",
        "SPARK_SUBMIT_OPTS",
        SHORT_LIVED);
  }

  /** What {@code scripts/cluster} says to such words, having succeeded. */
  String script(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("cluster"));
    all.addAll(List.of(words));
    Path log = Files.createTempFile("cluster", ".log");
    try (Command command = Command.start(log, environment(), all)) {
      if (command.end() != 0) {
        throw new IllegalStateException(String.join(" ", all) + ": " + command.said());
      }
      return command.said();
    } finally {
      Files.delete(log);
    }
  }

  /** The server that {@code scripts/cluster} calls so: worker-1, datanode. */
  ProcessHandle server(String name) throws IOException {
    String pid = Files.readString(folder.resolve(name + ".pid")).strip();
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    return process.orElseThrow(() -> new IllegalStateException("no " + name + " runs"));
  }

  /** Whether a process was started by such a server, however indirectly. */
  boolean isOf(String name, ProcessHandle process) {
    return descendants(name + ".pid").anyMatch(process::equals);
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() throws IOException {
    return javaProcesses("CoarseGrainedExecutorBackend");
  }

  /** The drivers that run on machines of the cluster now. */
  List<ProcessHandle> drivers() throws IOException {
    return javaProcesses(isYarn ? "ApplicationMaster" : "DriverWrapper");
  }

  private List<ProcessHandle> javaProcesses(String main) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("(worker-\\d+|nodemanager)\\.pid"))
          .flatMap(this::descendants)
          .filter(one -> one.info().command().orElse("").endsWith("java"))
          .filter(one -> one.info().commandLine().orElse("").contains(main))
          .toList();
    }
  }

  private Stream<ProcessHandle> descendants(String file) {
    try {
      return server(file.replace(".pid", "")).descendants();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalStateException ended) {
      return Stream.empty();
    }
  }

  /**
   * Submits a job as a user does.
   *
   * @param settings of spark-submit, before the command
   * @param arguments of Tacit
   */
  Command submit(String name, List<String> settings, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("tacit", "--master", master()));
    all.addAll(List.of("--conf", "spark.executor.memory=512m"));
    all.addAll(List.of("--conf", "spark.driver.memory=1g"));
    all.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + SHORT_LIVED));
    all.addAll(settings);
    all.addAll(arguments);
    return Command.start(folder.resolve(name + ".log"), environment(), all);
  }

  /** Runs a job in one JVM whose file system is the cluster's, as such a user. */
  Command alone(String name, String user, List<String> arguments) throws IOException {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("HADOOP_CONF_DIR", folder.resolve("conf").toString());
    environment.put("HADOOP_USER_NAME", user);
    List<String> all = new ArrayList<>(List.of("tacit", "--master", "local[2]"));
    all.addAll(arguments);
    return Command.start(folder.resolve(name + ".log"), environment, all);
  }

  /** What the drivers said that ran on machines of the cluster. */
  String saidByDrivers() throws IOException {
    StringBuilder said = new StringBuilder();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isOfDriver(file) && Files.exists(file)) {
              said.append(Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }

          // The servers delete what applications leave, whenever they come to it.
          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException why) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path maybeGone, IOException why) {
            return FileVisitResult.CONTINUE;
          }
        });
    return said.toString();
  }

  private boolean isOfDriver(Path file) {
    return (file.endsWith("stderr") || file.endsWith("stdout"))
        && (isYarn || file.getParent().getFileName().toString().startsWith("driver"));
  }

  @Override
  public void close() {
    try {
      script("stop");
      claim.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
