package org.tacit.pass;

import java.util.OptionalDouble;

/**
 * Told of work as it goes on, by the threads that do it: of each pass, each iteration of a solve
 * and each step of an outer optimisation.
 */
public interface Journal {
  /**
   * One pass over a table.
   *
   * @param table the name that programs call it by
   * @param description of Spark's job
   * @param tasks how many programs share it
   * @param instances theirs together
   * @param rows those of the table
   * @param bytes what the driver sends: replicated inputs
   */
  record Pass(
      String table,
      String phase,
      String description,
      int tasks,
      int instances,
      long rows,
      long bytes) {}

  /**
   * Where a method stands.
   *
   * @param number its iterations so far
   * @param value the objective, where there is one
   * @param norm of what is to become zero
   * @param passes those that it took so far
   */
  record Step(int number, OptionalDouble value, double norm, long passes) {}

  /**
   * A stage of a longer work begins, and the one before it is over.
   *
   * @param solves how many share its passes
   */
  default void stageBegan(String stage, int solves) {}

  default void passBegan(Pass pass) {}

  /** Not of one that failed. */
  default void passEnded(Pass pass, double seconds) {}

  /** Of a solve. */
  default void solveStepped(Step step) {}

  /** Of an outer optimisation, an accepted one: the outer value, the projected hypergradient. */
  default void outerStepped(Step step, double tolerance) {}
}
