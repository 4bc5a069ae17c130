package org.tacit.experiment;

import java.util.function.Function;

/**
 * An experiment with a picture. Run twice with one configuration on one machine, its findings are
 * equal bit for bit, but for what they cost.
 *
 * @param name on the command line, and that of its configuration
 * @param shows what it shows, in one line
 * @param reference the figure or table that it repeats
 * @param takes how long its default size takes on two cores, in words
 * @param work reads the keys of its configuration before it does anything
 */
public record Experiment(
    String name, String shows, String reference, String takes, Function<Setup, Findings> work) {
  public Findings run(Setup setup) {
    return work.apply(setup);
  }
}
