package org.tacit.plan;

/**
 * What a pass has to do, counted.
 *
 * @param bytes of the table's blocks, all read once
 * @param operations additions and multiplications on all rows
 * @param partitions tasks
 * @param sent bytes that every executor is sent: the unknowns, the plan
 * @param gathered bytes that every task returns: its sums
 */
public record PassWork(
    double bytes, double operations, int partitions, double sent, double gathered) {
  private static final double PLAN_BYTES = 4096;

  /**
   * Of the products of C columns with all rows and back, such as gradients (C = 1) or
   * Hessian-vector products: 4 N C operations.
   *
   * @param numbers N, that the rows have
   * @param bytesANumber 8 dense, 4 as floats, 12 sparse
   * @param unknowns of each column
   * @param columns C
   */
  public static PassWork ofProducts(
      double numbers, double bytesANumber, long unknowns, int columns, int partitions) {
    double column = 8.0 * unknowns * columns;
    return new PassWork(
        bytesANumber * numbers, 4 * numbers * columns, partitions, PLAN_BYTES + column, column);
  }
}
