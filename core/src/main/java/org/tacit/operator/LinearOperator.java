package org.tacit.operator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;

/**
 * A linear map known by its products: rows x cols, with several vectors at once as the columns of a
 * matrix.
 */
public interface LinearOperator {
  int rows();

  /** As many as rows, unless it says else. */
  default int cols() {
    return rows();
  }

  /** A x for x of cols x k: rows x k. On a table one pass, whatever k. */
  Matrix apply(Matrix x);

  /** The operator A'. A symmetric operator is its own. */
  LinearOperator transpose();

  /**
   * The diagonal, rows x 1, of a square operator that can tell it at the cost of a product; empty
   * otherwise.
   */
  default Optional<Matrix> diagonal() {
    return Optional.empty();
  }

  /**
   * The rows of A_1, ..., A_K, in order, of a square operator A = diag(A_1, ..., A_K) that is known
   * to be of this form; empty otherwise. Its systems are K of their own, whose products are one.
   */
  default List<Integer> blocks() {
    return List.of();
  }

  /** What its products cost. */
  default Cost cost() {
    return Cost.ofFunction(cols());
  }

  /** What is promised of this operator. */
  Structure structure();

  /**
   * Whether it is the second derivative of a function, and so symmetric by its construction, which
   * no test need find out. That it is definite, too, remains a promise.
   */
  default boolean isHessian() {
    return false;
  }

  /** Whether the driver holds all that products need, so that they take no passes. */
  default boolean isHeld() {
    return false;
  }

  /** A positive definite neighbour whose systems are small, where there is one. No passes. */
  default Optional<Dual> dual() {
    return Optional.empty();
  }

  /**
   * The block A_SS of a symmetric operator, of the unknowns S where {@code isIn}, n x 1, is not
   * zero, in order; where the driver holds it and its products cost less than those of A. No
   * passes.
   */
  default Optional<HeldBlock> block(Matrix isIn) {
    return Optional.empty();
  }

  /** The smaller system that this operator's systems follow from, where there is one. */
  default Optional<Reduction> reduction() {
    return Optional.empty();
  }

  /**
   * How A x = b follows from a smaller system K y = c: some unknowns are known at once, such as the
   * zeros of a sparse solution, and K couples the others only.
   */
  interface Reduction {
    /** K. */
    LinearOperator system();

    /** c for each column of b. At most one product. */
    Matrix reduced(Matrix b);

    /** x for each column of b and its y. At most one product. */
    Matrix expanded(Matrix b, Matrix y);

    /** The same, its products and those of K made through a view of what makes them. */
    Reduction through(UnaryOperator<LinearOperator> view);

    /** The smallest absolute eigenvalue of A for that of K. */
    OptionalDouble eigenvalue(OptionalDouble ofSystem);
  }
}
