package org.tacit.operator;

/**
 * What products with an operator of n columns cost, in seconds: an estimate that choices between
 * methods are made by. It is made of counts alone, never of a clock, so that the same problem is
 * solved in the same way everywhere.
 *
 * <pre>
 *   product with C columns   start + max(8 N / read, f C / arithmetic) + h C / results
 *   the whole matrix         that of C = n, at half the operations: the first factor is copied
 *   its factorisation        n^3 / factor
 * </pre>
 *
 * <p>N are the numbers that a product reads, f its operations a column, h the length of a column.
 * As measured on two cores: starting a job 8 ms; reading 17.6 GB/s; wide products 26 GF/s, half of
 * dgemm alone; results 25 million numbers a second, added up over partitions and brought to the
 * driver; factorisations in Java 2 n^3 GF/s, the estimate of their condition counted.
 *
 * @param unknowns n
 * @param start seconds before the first number is read
 * @param numbers N
 * @param operations f
 * @param height h
 * @param order of the matrix that is factorised: n, or that of the {@link Dual}, smaller
 */
public record Cost(
    int unknowns, double start, double numbers, double operations, double height, int order) {
  /** A Spark job; counted in process, too, so that both engines choose alike. */
  private static final double PASS = 8e-3;

  /** An iteration on the driver: its products with vectors, and copies. */
  private static final double STEP = 1e-3;

  private static final double READ = 17.6e9;
  private static final double ARITHMETIC = 26e9;
  private static final double RESULTS = 25e6;
  private static final double FACTOR = 2e9;

  /** The most unknowns of which the driver holds a matrix and its factors, 128 MB each. */
  public static final int MOST_UNKNOWNS = 4096;

  /** Products that are taken for a column where nothing is known. */
  private static final double TOGETHER = 1.0 / 40;

  /** An iterative method is expected to take as many products at least. */
  public static final double FEW = 16;

  /** Newton's method with inexact steps is expected to take as many products a step. */
  public static final double FEW_IN_A_STEP = 6;

  /**
   * Of a pass over tables that hold so many numbers; with {@code outputs} columns to a product with
   * each row.
   */
  public static Cost ofPass(int unknowns, double numbers, int outputs) {
    return new Cost(unknowns, PASS, numbers, 4 * numbers * outputs, unknowns, unknowns);
  }

  /** Of a function of which nothing is known: as if it were a pass. */
  public static Cost ofFunction(int unknowns) {
    return new Cost(unknowns, PASS, 0, TOGETHER * PASS * ARITHMETIC, 0, unknowns);
  }

  /** Of a matrix on the driver. */
  public static Cost ofMatrix(int unknowns) {
    double elements = (double) unknowns * unknowns;
    return new Cost(unknowns, STEP, elements, 2 * elements, 0, unknowns);
  }

  /** Of so many numbers in rows on the driver, beside vectors of the unknowns. */
  static Cost ofRows(int unknowns, double numbers, int margins) {
    return new Cost(unknowns, STEP, numbers + 4.0 * unknowns, 4 * numbers, 0, margins);
  }

  /** The same where there is no dual. */
  public Cost withoutDual() {
    return new Cost(unknowns, start, numbers, operations, height, unknowns);
  }

  /** The same products for {@code fewer} of the unknowns, such as those of a support. */
  public Cost restrictedTo(int fewer) {
    return new Cost(fewer, start, numbers, operations, height, fewer);
  }

  /** Seconds of one product with so many columns. */
  public double product(int columns) {
    return seconds(operations * columns, columns);
  }

  private double seconds(double computing, int columns) {
    double reading = 8 * numbers / READ;
    return start + Math.max(reading, computing / ARITHMETIC) + height * columns / RESULTS;
  }

  /** Seconds of the matrix with its factors; infinite where it does not fit the driver. */
  public double factorised() {
    return isHeld()
        ? seconds(operations * order / 2, order) + Math.pow(order, 3) / FACTOR
        : Double.POSITIVE_INFINITY;
  }

  /** How many products with one column take as long as the matrix with its factors. */
  public double productsOfFactorised() {
    return factorised() / product(1);
  }

  /** Whether the driver can hold the whole matrix. */
  public boolean isHeld() {
    return order <= MOST_UNKNOWNS;
  }

  /** Whether the matrix with its factors costs no more than the fewest products do anywhere. */
  public boolean isCheapWhole() {
    return productsOfFactorised() <= FEW;
  }

  /** Whether it costs no more than the products of a step that need not be exact. */
  public boolean isCheapInSteps() {
    return productsOfFactorised() <= FEW_IN_A_STEP;
  }
}
