package org.tacit.job;

import java.util.Map;

/** What is done with one configuration. */
interface Job {
  /** Refuses settings that this job cannot use, before anything is read. */
  default void check(Settings settings) {}

  /**
   * Runs on what the configuration describes; the result as it will be written, {@code outcome}
   * included.
   */
  Map<String, Object> run(Workspace workspace);
}
