package org.tacit.job;

/** What is done with one configuration. */
interface Job {
  /** Refuses settings that this job cannot use, before anything is read. */
  default void check(Settings settings) {}

  /** Runs on what the configuration describes. */
  JobResult run(Workspace workspace);
}
