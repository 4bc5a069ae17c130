package org.tacit.experiment;

import java.util.function.Function;

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

  /** One that is a function of its setup. */
  static Experiment of(
      String name, String shows, String reference, String takes, Function<Setup, Findings> work) {
    return new Described(name, shows, reference, takes, work);
  }

  /** An experiment and what is said of it. */
  record Described(
      String name, String shows, String reference, String takes, Function<Setup, Findings> work)
      implements Experiment {
    @Override
    public Findings run(Setup setup) {
      return work.apply(setup);
    }
  }
}
