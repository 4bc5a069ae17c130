package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.fixtures.References;
import org.tacit.spark.SparkExtension;

/** What goes wrong on clusters, and changes no bit of a result, or is refused in plain words. */
@ExtendWith(SparkExtension.class)
class FaultsIT {
  private static final List<String> CLIENT = List.of("--deploy-mode", "client");
  private static final Trial TRIAL =
      Trial.of("hypergradient", "linear.method=cg", "linear.tolerance=1e-12");

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static JsonNode undisturbed;

  @BeforeAll
  static void start(SparkSession session) throws IOException, InterruptedException {
    cluster = LocalCluster.standalone(folder.resolve("cluster"));
    undisturbed = TRIAL.embedded(folder, 0, session);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String out(String name) {
    return folder.resolve(name).toString();
  }

  private static List<String> with(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    for (String setting : more) {
      all.addAll(List.of("--conf", setting));
    }
    return all;
  }

  /** What a job said that ended well, with the numbers of the undisturbed run. */
  private static String survived(String name, List<String> settings, List<String> arguments)
      throws IOException, InterruptedException {
    try (Command job = cluster.submit(name, settings, arguments)) {
      assertThat(job.end()).as("%s", job.said()).isZero();
      assertThat(Trial.numbers(out(name))).isEqualTo(undisturbed);
      return job.said();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inner", "adjoint"})
  void anExecutorThatDiesInTheMiddleOfASolveChangesNothing(String phase)
      throws IOException, InterruptedException {
    String said = survived(phase, Strike.at(phase + ".3"), TRIAL.arguments(out(phase)));
    assertThat(said).contains("strike: killed an executor in job " + phase + " 3", "Lost executor");
  }

  @Test
  void anExecutorThatDiesInASharedPassChangesNoFitOfASweep(SparkSession session)
      throws IOException, InterruptedException {
    Trial sweep = Trial.of("cross-validate", "folds=5", "sweep.points=6");
    try (Command job =
        cluster.submit("sweep", Strike.at("inner.8"), sweep.arguments(out("sweep")))) {
      assertThat(job.end()).as("%s", job.said()).isZero();
      assertThat(job.said()).contains("strike: killed an executor in job inner 8", "Lost executor");
    }
    Path whole = Files.createDirectory(folder.resolve("whole"));
    assertThat(Trial.numbers(out("sweep"))).isEqualTo(sweep.embedded(whole, 0, session));
    assertThat(folder.resolve("sweep/breast-cancer/sweep.csv"))
        .hasSameBinaryContentAs(whole.resolve("embedded/breast-cancer/sweep.csv"));
  }

  @Test
  void aWorkerThatDiesAndOneThatJoinsChangeNothing(SparkSession session)
      throws IOException, InterruptedException {
    int unfinished = 3;
    Trial tuning = Trial.of("tune", "outer.max-iterations=8", "outer.grid=null");
    try (Command job = cluster.submit("worker", CLIENT, tuning.arguments(out("worker")))) {
      job.await(" +1  .*");
      List<ProcessHandle> executors =
          cluster.executors().stream().filter(each -> cluster.isOf("worker-1", each)).toList();
      cluster.server("worker-1").destroyForcibly();
      executors.forEach(ProcessHandle::destroyForcibly);
      cluster.script("worker");
      assertThat(job.end()).as("%s", job.said()).isEqualTo(unfinished);
      assertThat(job.said()).contains("Lost executor");
    }
    assertThat(Trial.numbers(out("worker")))
        .isEqualTo(tuning.embedded(folder.resolve("tuning"), unfinished, session));
  }

  private static List<String> unreliable(String name, int failures, int delays) throws IOException {
    Path tally = Files.createDirectory(folder.resolve("tally-" + name));
    return with(
        Strike.at("none"),
        "spark.executor.extraClassPath=" + LocalCluster.testClasses(),
        "spark.hadoop.fs.unreliable.impl=" + UnreliableFiles.class.getName(),
        "spark.hadoop.fs.unreliable.tally=" + tally,
        "spark.hadoop.fs.unreliable.failures=" + failures,
        "spark.hadoop.fs.unreliable.delays=" + delays);
  }

  private static List<String> fromUnreliable(String name) {
    List<String> arguments = new ArrayList<>(TRIAL.arguments(out(name)));
    arguments.addAll(
        List.of("--set", "data.folder=\"unreliable:" + References.root().resolve("conf") + "\""));
    return arguments;
  }

  @Test
  void aTaskThatFailsThreeTimesIsDoneInTheFourth() throws IOException, InterruptedException {
    String said = survived("thrice", unreliable("thrice", 3, 0), fromUnreliable("thrice"));
    assertThat(said).contains("Lost task", "cable unplugged");
    assertThat(folder.resolve("tally-thrice/failure2")).exists();
  }

  @Test
  void aTaskThatAlwaysFailsIsToldWithItsReason() throws IOException, InterruptedException {
    int always = 1_000;
    try (Command job =
        cluster.submit("always", unreliable("always", always, 0), fromUnreliable("always"))) {
      assertThat(job.end()).isPositive();
      assertThat(job.said()).contains("tacit: ").contains("cable unplugged");
      assertThat(folder.resolve("always/breast-cancer")).doesNotExist();
    }
  }

  @Test
  void rowsThatTwoTasksReadAreCountedOnce() throws IOException, InterruptedException {
    List<String> settings =
        with(
            unreliable("twice", 0, 1),
            "spark.speculation=true",
            "spark.speculation.interval=50ms",
            "spark.speculation.multiplier=1.01",
            "spark.speculation.quantile=0.25",
            "spark.speculation.minTaskRuntime=10ms");
    assertThat(survived("twice", settings, fromUnreliable("twice")))
        .contains("strike: a task was run twice");
  }

  @Test
  void blocksThatMemoryCannotHoldAreReadFromDisk() throws IOException, InterruptedException {
    List<String> settings = with(Strike.at("none"), "spark.memory.fraction=0.0001");
    assertThat(survived("evicted", settings, TRIAL.arguments(out("evicted"))))
        .contains("strike: a block of rows went to disk");
  }

  /** Whose Hessian of 3,000 x 3,000 is no matter for the driver, but is for tasks of 0.1 GB. */
  private static String wide() throws IOException {
    int columns = 3_000;
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("y");
    for (int c = 0; c < columns; c++) {
      text.append(",x").append(c);
    }
    for (int row = 0; row < 6_040; row++) {
      text.append('\n').append(row % 2);
      for (int c = 0; c < columns; c++) {
        text.append(',').append(random.nextInt(10));
      }
    }
    return Files.writeString(folder.resolve("wide.csv"), text.append('\n')).toString();
  }

  @Test
  void anExecutorThatLacksMemoryIsToldWithARemedy() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(TRIAL.arguments(out("memory")));
    for (String setting :
        List.of(
            "data.path=\"" + wide() + "\"",
            "data.label=y",
            "linear.method=dense",
            "theta=8",
            "data.partitions=2")) {
      arguments.addAll(List.of("--set", setting));
    }
    // Below half a gigabyte by what Spark's own tests have.
    List<String> settings =
        with(
            CLIENT,
            "spark.executor.memory=128m",
            "spark.testing.reservedMemory=1",
            "spark.network.maxRemoteBlockSizeFetchToMem=32m",
            "spark.task.maxFailures=1");
    try (Command job = cluster.submit("memory", settings, arguments)) {
      assertThat(job.end()).as("%s", job.said()).isOne();
      assertThat(job.said())
          .contains("tacit: ", "Out of memory in an executor", "raise spark.executor.memory");
    }
    assertThat(folder.resolve("memory/breast-cancer")).doesNotExist();
  }

  /** The same rows as Parquet, whose bytes in the middle are those of something else. */
  private static Path corrupted(SparkSession session) throws IOException {
    Path table = folder.resolve("corrupted.parquet");
    session
        .read()
        .option("header", "true")
        .option("inferSchema", "true")
        .csv(References.root().resolve("conf/data/breast_cancer.csv").toString())
        .coalesce(1)
        .write()
        .parquet(table.toString());
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".crc")) {
          Files.delete(file);
        } else if (name.endsWith(".parquet")) {
          byte[] bytes = Files.readAllBytes(file);
          Arrays.fill(bytes, bytes.length / 4, bytes.length / 2, (byte) 7);
          Files.write(file, bytes);
        }
      }
    }
    return table;
  }

  @Test
  void aBlockOfParquetThatIsCorruptIsNamed(SparkSession session)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(TRIAL.arguments(out("corrupt")));
    arguments.addAll(List.of("--set", "data.format=parquet"));
    arguments.addAll(List.of("--set", "data.path=\"" + corrupted(session) + "\""));
    try (Command job = cluster.submit("corrupt", CLIENT, arguments)) {
      assertThat(job.end()).as("%s", job.said()).isEqualTo(2);
      assertThat(job.said()).containsPattern("tacit: .*corrupted.parquet.*must be readable data");
    }
    assertThat(folder.resolve("corrupt/breast-cancer")).doesNotExist();
  }

  @Test
  void aDriverThatIsKilledLeavesNoHalfOfAResult() throws IOException, InterruptedException {
    Trial tuning = Trial.of("tune");
    try (Command job = cluster.submit("orphan", CLIENT, tuning.arguments(out("orphan")))) {
      job.await(" +1  .*");
      job.kill();
      assertThat(job.end()).isNotZero();
    }
    assertThat(Files.readString(folder.resolve("orphan/status.json")))
        .contains("\"state\" : \"running\"", "\"exitCode\" : null");
    assertThat(folder.resolve("orphan").toFile().list()).containsExactly("status.json");
  }
}
