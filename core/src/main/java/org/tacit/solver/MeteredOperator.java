package org.tacit.solver;

import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.pass.NotANumberException;

/**
 * An operator inside a solve: its products count, and those that may not begin are not numbers. One
 * that begins and is not finite is a {@link NotANumberException}.
 */
record MeteredOperator(LinearOperator operator, ClosableOperator owner, Budget budget)
    implements ForwardingOperator, ClosableOperator {
  /** An operator whose preparation counts, too, of so many unknowns. */
  static ClosableOperator of(
      Budget budget, int size, Supplier<? extends ClosableOperator> preparation) {
    if (!budget.begins()) {
      return new None(size);
    }
    ClosableOperator operator = preparation.get();
    return new MeteredOperator(operator, operator, budget);
  }

  @Override
  public Matrix apply(Matrix x) {
    if (!operator.isHeld() && !budget.begins()) {
      return none(rows(), x.cols());
    }
    Matrix product = operator.apply(x);
    if (!product.isFinite()) {
      throw NotANumberException.of("a product with the Jacobian");
    }
    return product;
  }

  @Override
  public MeteredOperator transpose() {
    return new MeteredOperator(operator.transpose(), owner, budget);
  }

  @Override
  public Optional<Matrix> diagonal() {
    if (operator.isHeld()) {
      return operator.diagonal();
    }
    Optional<Matrix> diagonal = budget.isOpen() ? operator.diagonal() : Optional.empty();
    diagonal.ifPresent(d -> budget.count());
    return diagonal;
  }

  @Override
  public Optional<Reduction> reduction() {
    return operator
        .reduction()
        .map(reduction -> reduction.through(inner -> new MeteredOperator(inner, owner, budget)));
  }

  @Override
  public void close() {
    owner.close();
  }

  private static Matrix none(int rows, int cols) {
    return Matrix.filled(rows, cols, Double.NaN);
  }

  /** An operator that was not made. No method refuses it: it promises all that one may. */
  private record None(int size) implements ClosableOperator {
    @Override
    public int rows() {
      return size;
    }

    @Override
    public int cols() {
      return size;
    }

    @Override
    public Matrix apply(Matrix x) {
      return none(size, x.cols());
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }

    @Override
    public void close() {}
  }
}
