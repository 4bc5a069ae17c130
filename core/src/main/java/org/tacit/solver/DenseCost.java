package org.tacit.solver;

import org.tacit.optimality.Problem;

/**
 * What it costs to build the Jacobian whole: a pass, with the arithmetic of n products on m rows,
 * of the order of m n^2. Up to {@value #FEW_UNKNOWNS} unknowns and {@value #WORK} such operations
 * that is about what starting a few passes costs, and so Newton steps on the whole matrix are the
 * cheapest. Beyond, single products are cheaper, and steps need not be exact.
 *
 * @param unknowns n
 * @param rows m, zero where there is no table
 */
record DenseCost(int unknowns, long rows) {
  private static final int FEW_UNKNOWNS = 256;
  private static final double WORK = 6e8;

  static DenseCost of(Problem problem) {
    return new DenseCost(problem.size(), problem.rows());
  }

  /** Whether Newton steps should build the whole matrix. */
  boolean isSmall() {
    return unknowns <= FEW_UNKNOWNS && work() <= WORK;
  }

  /** Whether only the rows are too many. */
  boolean isLong() {
    return unknowns <= FEW_UNKNOWNS && work() > WORK;
  }

  private double work() {
    return (double) rows * unknowns * unknowns;
  }
}
