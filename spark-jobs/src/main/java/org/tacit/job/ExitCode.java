package org.tacit.job;

/** How the command ends, the worst of its configurations; see {@code tacit --help}. */
enum ExitCode {
  /**
   * Every configuration has a result that converged, or was stopped early as asked, or was skipped.
   */
  CONVERGED(0),
  /** Something failed that is no doing of the input: memory ran out, or a fault of Tacit. */
  FAILED(1),
  /** A command line, configuration, data or output that cannot be used. */
  REFUSED(2),
  /** Every configuration ran, and some result did not converge. */
  NOT_CONVERGED(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The worse of both: a failure, then a refusal, then a result that did not converge. */
  ExitCode and(ExitCode other) {
    if (this == CONVERGED || other == CONVERGED) {
      return this == CONVERGED ? other : this;
    }
    return compareTo(other) <= 0 ? this : other;
  }
}
