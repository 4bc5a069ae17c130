package org.tacit.spark;

import org.tacit.pass.NotANumberException;

/** Finds, in what a failed Spark job throws, the exception that a task threw. */
final class PassFailure {
  private PassFailure() {}

  /** The exception to throw: the task's own where it says what is wrong with values or data. */
  static RuntimeException of(String description, Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotANumberException nan) {
        return nan;
      }
      if (cause instanceof IllegalArgumentException invalid) {
        return invalid;
      }
    }
    return failed instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(
            "Failed Spark job: " + description + ": " + failed.getMessage(), failed);
  }
}
