package org.tacit.solver;

import org.tacit.optimality.Problem;

/**
 * What it costs to build the Jacobian whole: a pass, with the arithmetic of n products on m rows,
 * of the order of m n^2. Done together these products run at the speed of arithmetic and a single
 * one at the speed of memory, so that the pass takes as long as about n / 8 of them. Up to {@value
 * #FEW} unknowns that is worth it where one matrix is all that the solve needs, F being affine; and
 * with up to {@value #WORK} operations, about what starting a few passes costs, anywhere. There
 * Newton steps on the whole matrix are the cheapest. Beyond, single products are cheaper, and steps
 * need not be exact.
 *
 * @param unknowns n
 * @param rows m, zero where there is no table
 * @param isAffine whether the Jacobian is the same everywhere
 */
record DenseCost(int unknowns, long rows, boolean isAffine) {
  private static final int FEW = 256;
  private static final double WORK = 6e8;

  static DenseCost of(Problem problem) {
    return new DenseCost(problem.size(), problem.rows(), problem.isAffine());
  }

  /** Whether Newton steps should build the whole matrix. */
  boolean isSmall() {
    return unknowns <= FEW && (isAffine || work() <= WORK);
  }

  /** Whether only the rows are too many. */
  boolean isLong() {
    return unknowns <= FEW && !isSmall();
  }

  private double work() {
    return (double) rows * unknowns * unknowns;
  }
}
