package org.tacit.job;

/** How a command that failed in cluster deploy mode ends, for the cluster manager to report. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFailedException(int code, String message) {
    super("exit code " + code + (message.isEmpty() ? "" : ": " + message));
  }
}
