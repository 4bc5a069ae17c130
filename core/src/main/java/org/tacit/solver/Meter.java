package org.tacit.solver;

import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.Dual;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Reduction;
import org.tacit.operator.Structure;
import org.tacit.pass.NotANumberException;

/** Counts the passes of one solve, and says when it may take no more. */
final class Meter {
  private final Watch watch;
  private final long startNanos = System.nanoTime();
  private int passes;
  private boolean isLate;
  private boolean isCancelled;

  Meter(Watch watch) {
    this.watch = watch;
  }

  /** Ends a linear solve in the middle of a step. */
  static final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  int passes() {
    return passes;
  }

  boolean isCancelled() {
    return isCancelled;
  }

  /** Whether passes or time have run out. */
  boolean isSpent() {
    return isLate || passes >= watch.maxPasses();
  }

  /** Whether another pass may begin. What is closed once stays so. */
  boolean isOpen() {
    isLate = isLate || System.nanoTime() - startNanos >= nanos();
    isCancelled = isCancelled || watch.cancellation().getAsBoolean();
    return !isCancelled && !isSpent();
  }

  private long nanos() {
    long seconds = watch.timeBudget().toSeconds();
    return seconds > Integer.MAX_VALUE ? Long.MAX_VALUE : watch.timeBudget().toNanos();
  }

  void count() {
    passes++;
  }

  /** Counts a pass that begins, or throws {@link ClosedException}. */
  void countOrEnd() {
    if (!isOpen()) {
      throw new ClosedException();
    }
    count();
  }

  /**
   * An operator whose preparation counts, and its products with it. One that may not begin throws
   * {@link ClosedException}, and a product that is not finite {@link NotANumberException}.
   */
  ClosableOperator of(Supplier<? extends ClosableOperator> preparation) {
    countOrEnd();
    ClosableOperator operator = preparation.get();
    return new Metered(operator, operator);
  }

  private final class Metered implements ClosableOperator {
    private final LinearOperator operator;
    private final ClosableOperator owner;

    Metered(LinearOperator operator, ClosableOperator owner) {
      this.operator = operator;
      this.owner = owner;
    }

    @Override
    public int rows() {
      return operator.rows();
    }

    @Override
    public int cols() {
      return operator.cols();
    }

    @Override
    public Matrix apply(Matrix x) {
      if (!operator.isHeld()) {
        countOrEnd();
      }
      Matrix product = operator.apply(x);
      if (!product.isFinite()) {
        throw NotANumberException.of("a product with the Jacobian");
      }
      return product;
    }

    @Override
    public Metered transpose() {
      return new Metered(operator.transpose(), owner);
    }

    @Override
    public Optional<Matrix> diagonal() {
      Optional<Matrix> diagonal = operator.diagonal();
      diagonal.filter(d -> !operator.isHeld()).ifPresent(d -> count());
      return diagonal;
    }

    @Override
    public boolean isHeld() {
      return operator.isHeld();
    }

    @Override
    public Optional<Dual> dual() {
      return operator.dual();
    }

    @Override
    public Cost cost() {
      return operator.cost();
    }

    @Override
    public Structure structure() {
      return operator.structure();
    }

    @Override
    public Optional<Reduction> reduction() {
      return operator
          .reduction()
          .map(inner -> new MeteredReduction(inner, new Metered(inner.system(), owner)));
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
