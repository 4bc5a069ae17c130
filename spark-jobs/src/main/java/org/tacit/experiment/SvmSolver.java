package org.tacit.experiment;

/** The solvers of {@link SvmDual} that are compared. */
enum SvmSolver {
  MIRROR_DESCENT("mirror descent"),
  ACCELERATED_GRADIENT("accelerated projected gradient"),
  BLOCK_DESCENT("block coordinate descent");

  private final String title;

  SvmSolver(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
