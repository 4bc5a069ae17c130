package org.tacit.job;

import java.util.Locale;
import org.tacit.config.ConfigException;
import org.tacit.config.Secrets;
import org.tacit.data.DataException;
import org.tacit.model.ModelException;
import org.tacit.pass.NotANumberException;
import org.tacit.spark.Outage;

/**
 * What ended a configuration, as the person who wrote it is told.
 *
 * @param isExplained whether the message says all there is to say; the trace of others is logged
 */
record Failure(String message, ExitCode code, boolean isExplained) {
  Failure {
    message = Secrets.redacted(message);
  }

  /** The failure of the configuration at {@code location}, which the message names. */
  static Failure of(String location, Throwable failed) {
    Failure failure = of(failed);
    return failure.message.startsWith(location)
        ? failure
        : new Failure(location + ": " + failure.message, failure.code, failure.isExplained);
  }

  /** The failure of the command as a whole. */
  static Failure of(Throwable failed) {
    if (Outage.isOfExecutors(failed) && ExecutorMemory.seen().isPresent()) {
      return new Failure(
          executorMemory(ExecutorMemory.seen().orElseThrow()), ExitCode.FAILED, true);
    }
    if (Outage.isOfApplication(failed)) {
      return new Failure(
          "Spark's application ended before the work: it was interrupted, or lost its cluster (what"
              + " Spark said of it is above)",
          ExitCode.FAILED,
          true);
    }
    if (failed instanceof ConfigException || failed instanceof ModelException) {
      return new Failure(failed.getMessage(), ExitCode.REFUSED, true);
    }
    if (failed instanceof DataException refused) {
      String message = "setting " + refused.key() + ": " + refused.getMessage();
      return new Failure(message, ExitCode.REFUSED, true);
    }
    if (failed instanceof NotANumberException overflow) {
      return new Failure(overflow.getMessage(), ExitCode.NOT_CONVERGED, true);
    }
    for (Throwable cause : Outage.causes(failed).toList()) {
      if (cause instanceof OutOfMemoryError error) {
        return new Failure(outOfMemory(error), ExitCode.FAILED, false);
      }
      if (cause instanceof StackOverflowError) {
        return new Failure(stackOverflow(), ExitCode.FAILED, false);
      }
    }
    return new Failure(unexpected(failed), ExitCode.FAILED, false);
  }

  private static String outOfMemory(OutOfMemoryError error) {
    return String.format(
        Locale.ROOT,
        "Out of memory: %s (the heap is %,d MB: raise it by TACIT_MEMORY, or spark.driver.memory;"
            + " data.storage = float and engine = spark need less of it)",
        error.getMessage(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String executorMemory(String said) {
    String what = said.contains("137") ? "An executor was killed" : "Out of memory in an executor";
    return String.format(
        "%s: %s (raise spark.executor.memory, or on YARN spark.executor.memoryOverhead;"
            + " more data.partitions and data.storage = float make the rows of a task smaller)",
        what, said);
  }

  private static String stackOverflow() {
    return "Stack overflow (raise the stack of threads by -Xss in JAVA_TOOL_OPTIONS;"
        + " the log has the trace)";
  }

  /** The innermost cause says most: what wraps it repeats it with a trace. */
  private static String unexpected(Throwable failed) {
    Throwable innermost = Outage.innermost(failed);
    String message = innermost.getMessage();
    String said = message == null ? "" : ": " + message.lines().findFirst().orElse("");
    return "Unexpected " + innermost.getClass().getSimpleName() + said + " (the log has the trace)";
  }
}
