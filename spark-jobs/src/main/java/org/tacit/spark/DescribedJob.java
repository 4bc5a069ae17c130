package org.tacit.spark;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.pass.NotANumberException;

/**
 * Spark jobs under a description of their own, whose failures say what a task said; the driver's
 * trace goes with them.
 */
public final class DescribedJob {
  private static final String DESCRIPTION = "spark.job.description";

  private DescribedJob() {}

  /** The result of {@code job}; the caller's own description comes back afterwards. */
  public static <T> T run(JavaSparkContext context, String description, Supplier<T> job) {
    String before = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, description);
    try {
      return job.get();
    } catch (Exception failed) {
      if (failed instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw cause(description, failed);
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  /** The task's own exception where it says what is wrong with values or data. */
  private static RuntimeException cause(String description, Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotANumberException nan) {
        return nan;
      }
      if (cause instanceof IllegalArgumentException invalid) {
        if (invalid != failed) {
          invalid.addSuppressed(failed);
        }
        return invalid;
      }
    }
    return failed instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(
            "Failed Spark job: " + description + ": " + failed.getMessage(), failed);
  }
}
