package org.tacit.plan;

/**
 * How fast a cluster is, in seconds and in units a second.
 *
 * @param job seconds from asking for an empty job of one task to having it
 * @param task seconds a further task adds on its core: sent, started, its result taken
 * @param read bytes a second that a core reads of rows in memory while it computes with them
 * @param arithmetic operations a second of a core on products of many columns
 * @param network bytes a second into or out of one machine
 * @param merge bytes a second that the driver takes in and adds up
 */
public record Rates(
    double job, double task, double read, double arithmetic, double network, double merge) {

  /**
   * A machine of a few years, ten-gigabit Ethernet: a job 20 ms, a task 2 ms, 6 GB/s and 20 GF/s a
   * core, 1 GB/s between machines, 0.5 GB/s of sums.
   */
  public static final Rates COMMON = new Rates(20e-3, 2e-3, 6e9, 20e9, 1e9, 0.5e9);
}
