package org.tacit.experiment;

/**
 * An experiment with a picture. Run twice with one configuration on one machine, its findings are
 * equal bit for bit, but for what they cost.
 */
public interface Experiment {
  /** Its name on the command line, and that of its configuration. */
  String name();

  /** What it shows, in one line. */
  String shows();

  /** The figure or table that it repeats. */
  String reference();

  /** How long its default size takes on two cores, in words. */
  String takes();

  /** Runs it; the keys of its configuration are read before any work. */
  Findings run(Setup setup);
}
