package org.tacit.spark;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** What ends Spark's jobs and is no doing of rows or programs. */
public final class Outage {
  private static final Pattern OF_EXECUTORS =
      Pattern.compile("ExecutorLostFailure|FetchFailed|OutOfMemoryError");

  private static final Pattern OF_JOBS = Pattern.compile("cancelled");

  private static final Pattern OF_APPLICATION =
      Pattern.compile("SparkContext (was|has been) shut ?down|stopped SparkContext");

  /** Causes may go in a circle. */
  private static final int DEEPEST = 50;

  private Outage() {}

  /** Whether the application was over before its work: interrupted, or without its cluster. */
  public static boolean isOfApplication(Throwable failed) {
    String said = innermost(failed).getMessage();
    return said != null && OF_APPLICATION.matcher(said).find();
  }

  /** Whether executors were lost, or had no memory, until Spark gave up. */
  public static boolean isOfExecutors(Throwable failed) {
    return isOf(failed, OF_EXECUTORS)
        || (innermost(failed) instanceof OutOfMemoryError && isOfSpark(failed));
  }

  /** That, or a job that somebody cancelled, or whose application ended. */
  public static boolean isIn(Throwable failed) {
    return isOfExecutors(failed) || isOfApplication(failed) || isOf(failed, OF_JOBS);
  }

  /** Spark's exception without a cause, which would be the task's own. */
  private static boolean isOf(Throwable failed, Pattern kind) {
    Throwable innermost = innermost(failed);
    return innermost instanceof SparkException && kind.matcher(innermost.getMessage()).find();
  }

  private static boolean isOfSpark(Throwable failed) {
    return causes(failed).anyMatch(SparkException.class::isInstance);
  }

  /** What all others wrap. */
  public static Throwable innermost(Throwable failed) {
    return causes(failed).reduce((outer, inner) -> inner).orElseThrow();
  }

  /** The failure, what caused it, and so on. */
  public static Stream<Throwable> causes(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
  }
}
