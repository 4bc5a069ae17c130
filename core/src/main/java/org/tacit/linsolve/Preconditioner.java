package org.tacit.linsolve;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * A way to approximate A by a symmetric positive definite M that is cheap to invert. Methods then
 * take as many steps as the spectrum of M^-1 A asks for, which M is to make narrow.
 */
public interface Preconditioner {
  /** The preconditioner's name as results print it. */
  String name();

  /** Does what is done once for an operator. */
  Prepared prepare(LinearOperator operator);

  /** A preconditioner of yours, by what is done once for an operator. */
  static Preconditioner of(String name, Function<LinearOperator, Prepared> how) {
    return new NamedPreconditioner(name, how);
  }

  /** M = I. */
  static Preconditioner none() {
    return of("none", operator -> new Prepared(UnaryOperator.identity(), 0, OptionalDouble.of(1)));
  }

  /**
   * M = diag(|d|), Jacobi's preconditioner: undoes the different scales of unknowns. Source: Saad,
   * Iterative Methods, section 10.2.
   *
   * @param d n x 1, > 0
   */
  static Preconditioner diagonal(Matrix d) {
    return DiagonalPreconditioner.of(d);
  }

  /**
   * The same with the operator's own diagonal, which it must be able to give ({@link
   * LinearOperator#diagonal}). One product at most.
   */
  static Preconditioner diagonal() {
    return DiagonalPreconditioner.exact();
  }

  /**
   * The same with the operator's own diagonal where it knows it, otherwise sum_k z_k * A z_k /
   * probes for seeded vectors z_k of signs, whose error is of the size of the elements beside the
   * diagonal divided by the root of {@code probes}. One product. Source: Bekas, Kokiopoulou and
   * Saad 2007.
   */
  static Preconditioner estimatedDiagonal(int probes, long seed) {
    return DiagonalPreconditioner.estimated(probes, seed);
  }

  /**
   * M = diag(A_1, ..., A_m) of these blocks on the diagonal in order, such as those of the groups
   * of a model; each symmetric positive definite, by Cholesky. Source: Saad, Iterative Methods,
   * section 10.2.
   */
  static Preconditioner blockDiagonal(List<Matrix> blocks) {
    List<Matrix> copy = List.copyOf(blocks);
    return of("block diagonal", operator -> BlockDiagonalPreconditioner.of(copy, 0, operator));
  }

  /**
   * The same with blocks of these widths, read off one product with as many columns as the widest:
   * column i holds the i-th unit vector of every block. Exact where A has no elements outside of
   * its blocks, otherwise with those of other blocks added; a block that is then not positive
   * definite is replaced by its diagonal.
   */
  static Preconditioner blocksOfWidths(List<Integer> widths) {
    List<Integer> copy = List.copyOf(widths);
    return of(
        "block diagonal",
        operator ->
            BlockDiagonalPreconditioner.of(
                BlockDiagonalPreconditioner.read(operator, copy), 1, operator));
  }

  /**
   * The randomised Nystrom preconditioner of A = H + mu I: from the products Y = H Omega with r
   * random orthonormal columns, H is close to U diag(lambda) U' = Y (Omega'Y)^-1 Y', and
   *
   * <pre>
   *   M = U diag((lambda_i + mu) / (lambda_r + mu)) U' + (I - U U')
   * </pre>
   *
   * <p>With r above about twice the effective dimension tr(H (H + mu I)^-1) the condition of M^-1 A
   * is bounded by a small constant. The sketch is made positive definite by a shift of the size of
   * rounding, which is taken off the eigenvalues again.
   *
   * <p>Cost: one product with r columns; 4 n r operations to apply. M's eigenvalues are 1 or more.
   *
   * <p>Source: Frangella, Tropp and Udell 2021 (arXiv 2110.02820), algorithm 2.1 and section 5.
   *
   * @param mu the shift, such as a common ridge penalty; with 0, where it is not known, A itself is
   *     sketched, so that the lambda_i are estimates of lambda_i + mu
   */
  static Preconditioner nystrom(int rank, double mu, long seed) {
    return new NystromPreconditioner(rank, mu, seed);
  }

  /**
   * Deflation by directions that are known to be slow, such as solutions of the last outer step:
   * with W an orthonormal basis of them, E = W'A W and P = I - A W E^-1 W',
   *
   * <pre>
   *   M^-1 = P' P tau + W E^-1 W'      tau = k / trace(E)
   * </pre>
   *
   * <p>It solves exactly along W, and leaves the rest as it is; an invariant W takes its
   * eigenvalues out of the spectrum. Directions that depend on others are left out.
   *
   * <p>Cost: one product with as many columns as directions; 8 n k operations to apply. M's
   * smallest eigenvalue is not known.
   *
   * <p>Source: Mandel 1993 (balancing); Tang, Nabben, Vuik and Erlangga 2009, section 2.
   *
   * @param directions n x k
   */
  static Preconditioner deflation(Matrix directions) {
    return of(
        "deflation(" + directions.cols() + ")",
        operator -> DeflationPreconditioner.of(directions, operator));
  }

  /**
   * M^-1 for one operator. No passes.
   *
   * @param inverse M^-1 R for each column of R, n x k
   * @param products those with A that preparing it took
   * @param smallestEigenvalue a lower bound of M's eigenvalues, where one is known: with it the
   *     eigenvalues of M^-1 A bound those of A
   */
  record Prepared(UnaryOperator<Matrix> inverse, int products, OptionalDouble smallestEigenvalue) {
    /** M^-1 R for each column of R, n x k. */
    public Matrix apply(Matrix r) {
      return inverse.apply(r);
    }
  }
}
