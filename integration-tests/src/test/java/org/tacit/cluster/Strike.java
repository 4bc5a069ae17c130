package org.tacit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;

/**
 * Listens in a driver: kills an executor, once, as soon as a job starts whose description matches
 * {@code spark.strike.job}; says what it did, and what Spark did that is told to nobody else.
 */
public final class Strike extends SparkListener {
  private final Pattern job;
  private final String driver;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private final AtomicBoolean isSpeculating = new AtomicBoolean();
  private final AtomicBoolean isOnDisk = new AtomicBoolean();

  /** Called by Spark, of the class that spark.extraListeners names. */
  public Strike(SparkConf conf) {
    this.job = Pattern.compile(conf.get("spark.strike.job", "none"));
    // As executors are told it: another cluster's application may have the same id.
    this.driver = "@" + conf.get("spark.driver.host") + ":" + conf.get("spark.driver.port") + "\0";
  }

  /** Spark's settings of a driver in which it listens. */
  static List<String> at(String description) {
    return List.of(
        "--conf",
        "spark.driver.extraClassPath=" + LocalCluster.testClasses(),
        "--conf",
        "spark.extraListeners=" + Strike.class.getName(),
        "--conf",
        "spark.strike.job=" + description);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String description = start.properties().getProperty("spark.job.description", "");
    if (job.matcher(description).matches() && !isDone.getAndSet(true)) {
      executors().findFirst().orElseThrow().destroyForcibly();
      System.out.println("strike: killed an executor in job " + description);
    }
  }

  private Stream<ProcessHandle> executors() {
    return ProcessHandle.allProcesses().filter(each -> isExecutor(commandLine(each)));
  }

  private boolean isExecutor(String command) {
    return command.contains("CoarseGrainedExecutorBackend") && command.contains(driver);
  }

  /** All of it: ProcessHandle has the first few kilobytes. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }

  @Override
  public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted task) {
    if (!isSpeculating.getAndSet(true)) {
      System.out.println("strike: a task was run twice");
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    boolean isBlock = update.blockUpdatedInfo().blockId().isRDD();
    if (isBlock && update.blockUpdatedInfo().diskSize() > 0 && !isOnDisk.getAndSet(true)) {
      System.out.println("strike: a block of rows went to disk");
    }
  }
}
