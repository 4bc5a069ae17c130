package org.tacit.job;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Remembers that an executor in a process of its own ran out of memory. Spark tries again,
 * elsewhere and with less beside it; when it gives up, what it says last is often that sums of a
 * lost executor are missing.
 */
final class ExecutorMemory extends SparkListener {
  /**
   * What executors say, or those that ended them: Spark's own exit code 52, a killed process, YARN.
   */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("OutOfMemoryError|code:? 52\\b|code:? 137\\b|memory limits");

  /** What Spark calls an executor that is the driver. */
  private static final String THIS_JVM = "driver";

  private static final AtomicReference<String> SEEN = new AtomicReference<>("");

  /** Another configuration begins. */
  static void forget() {
    SEEN.set("");
  }

  /** What was said of it last. */
  static Optional<String> seen() {
    return Optional.of(SEEN.get()).filter(said -> !said.isEmpty());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    boolean isApart = !end.taskInfo().executorId().equals(THIS_JVM);
    if (isApart && end.reason() instanceof TaskFailedReason failed) {
      note(failed.toErrorString());
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    note(removed.reason());
  }

  private static void note(String reason) {
    if (OUT_OF_MEMORY.matcher(reason).find()) {
      SEEN.set(reason.lines().findFirst().orElse(""));
    }
  }
}
