package org.tacit.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;

/**
 * The Jacobian A = D (I - eta H) - I of a proximal-gradient fixed point whose proximal map acts on
 * each coordinate by itself: D = diag(d), and H is symmetric, n x n.
 *
 * <p>Where d_i = 0, row i of A is -e_i': that unknown is known at once. With S the others, the
 * support or the free variables,
 *
 * <pre>
 *   K = H_SS + diag((1 / d_S - 1) / eta)
 *   A x = b:   x_i = -b_i off S,   K x_S = -b_S / (eta d_S) + H_(S, off) b_off
 *   A' u = c:  K w = -c_S / eta,   u = w - eta H w - c   with w zero off S
 * </pre>
 *
 * so {@link #reduction} gives systems in K, which is symmetric, of the size of the support. A
 * product is one product with H. Source: arXiv 2105.15183, section 2.2 and appendix C ("support
 * restriction" of lasso-like problems).
 */
public final class ProximalOperator implements ClosableOperator {
  private final Matrix slopes;
  private final ClosableOperator hessian;
  private final double step;
  private final Support support;
  private final Structure reduced;
  private final boolean isTransposed;

  private ProximalOperator(
      Matrix slopes,
      ClosableOperator hessian,
      double step,
      Structure reduced,
      boolean isTransposed) {
    this.slopes = slopes;
    this.hessian = hessian;
    this.step = step;
    this.support = Support.of(slopes);
    this.reduced = reduced;
    this.isTransposed = isTransposed;
  }

  /**
   * The operator of slopes d (n x 1), Hessian H and step eta.
   *
   * @param reduced what is promised of K
   */
  public static ProximalOperator of(
      Matrix slopes, ClosableOperator hessian, double step, Structure reduced) {
    return new ProximalOperator(slopes, hessian, step, reduced, false);
  }

  @Override
  public int rows() {
    return slopes.rows();
  }

  @Override
  public Structure structure() {
    return Structure.GENERAL;
  }

  @Override
  public Matrix apply(Matrix x) {
    if (isTransposed) {
      Matrix w = scaled(x);
      return w.plus(-step, hessian.apply(w)).minus(x);
    }
    return scaled(x.plus(-step, hessian.apply(x))).minus(x);
  }

  private Matrix scaled(Matrix x) {
    return byRow(x, slopes::at, (v, d) -> v * d);
  }

  /** Each element with the number of its row. */
  private static Matrix byRow(Matrix x, IntToDoubleFunction ofRow, DoubleBinaryOperator f) {
    double[] values = x.toArray();
    for (int i = 0; i < x.rows(); i++) {
      double number = ofRow.applyAsDouble(i);
      for (int k = i * x.cols(); k < (i + 1) * x.cols(); k++) {
        values[k] = f.applyAsDouble(values[k], number);
      }
    }
    return Matrix.adopting(x.rows(), x.cols(), values);
  }

  /** Element i of the diagonal that K has beside H_SS. */
  private double curvature(int i) {
    return (1 / slopes.at(support.at(i)) - 1) / step;
  }

  @Override
  public ProximalOperator transpose() {
    return new ProximalOperator(slopes, hessian, step, reduced, !isTransposed);
  }

  @Override
  public Optional<Reduction> reduction() {
    return Optional.of(new OnSupport(hessian));
  }

  @Override
  public Cost cost() {
    return hessian.cost();
  }

  @Override
  public void close() {
    hessian.close();
  }

  /** K, by the products of a view of H. */
  private final class Restricted implements LinearOperator {
    private final LinearOperator h;
    private Optional<Optional<HeldBlock>> block = Optional.empty();

    Restricted(LinearOperator h) {
      this.h = h;
    }

    /** H_SS by itself, looked for when first asked for. */
    private synchronized Optional<HeldBlock> block() {
      if (block.isEmpty()) {
        block = Optional.of(h.block(slopes));
      }
      return block.get();
    }

    @Override
    public int rows() {
      return support.size();
    }

    @Override
    public Matrix apply(Matrix y) {
      Matrix bent = byRow(y, i -> curvature(i), (v, d) -> d * v);
      return block()
          .map(inner -> inner.apply(y))
          .orElseGet(() -> support.restrict(h.apply(support.embed(y))))
          .plus(bent);
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Cost cost() {
      return block()
          .map(LinearOperator::cost)
          .orElseGet(() -> h.cost().restrictedTo(support.size()));
    }

    @Override
    public Optional<Matrix> diagonal() {
      return block()
          .map(LinearOperator::diagonal)
          .orElseGet(() -> h.diagonal().map(support::restrict))
          .map(d -> byRow(d, i -> curvature(i), Double::sum));
    }

    @Override
    public Structure structure() {
      return reduced;
    }

    @Override
    public boolean isHessian() {
      return h.isHessian();
    }
  }

  /** The eigenvalues of A are -1 off the support and those of -eta D_S K. */
  private OptionalDouble smallest(OptionalDouble ofSystem) {
    boolean isWhole = support.size() == rows();
    if (support.size() == 0) {
      return OptionalDouble.of(1);
    }
    double least = Arrays.stream(support.restrict(slopes).toArray()).min().orElseThrow();
    return ofSystem.isEmpty()
        ? ofSystem
        : OptionalDouble.of(
            Math.min(
                isWhole ? Double.POSITIVE_INFINITY : 1, step * least * ofSystem.getAsDouble()));
  }

  /** Systems in K, by the products of a view of H. */
  private final class OnSupport implements Reduction {
    private final LinearOperator h;

    OnSupport(LinearOperator h) {
      this.h = h;
    }

    @Override
    public LinearOperator system() {
      return new Restricted(h);
    }

    @Override
    public Reduction through(UnaryOperator<LinearOperator> view) {
      return new OnSupport(view.apply(h));
    }

    @Override
    public Matrix reduced(Matrix b) {
      if (isTransposed) {
        return support.restrict(b).times(-1 / step);
      }
      Matrix right =
          byRow(support.restrict(b), i -> -step * slopes.at(support.at(i)), (v, d) -> v / d);
      Matrix off = support.without(b);
      return off.maxAbs() == 0 ? right : right.plus(support.restrict(h.apply(off)));
    }

    @Override
    public Matrix expanded(Matrix b, Matrix y) {
      Matrix whole = support.embed(y);
      return isTransposed
          ? whole.plus(-step, h.apply(whole)).minus(b)
          : whole.minus(support.without(b));
    }

    @Override
    public OptionalDouble eigenvalue(OptionalDouble ofSystem) {
      return smallest(ofSystem);
    }
  }
}
