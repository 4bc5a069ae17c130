package org.tacit.linsolve;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/**
 * The limited-memory BFGS matrix of pairs (s, y = A s), such as steps of an inner solver with the
 * changes of its gradient, oldest first:
 *
 * <pre>
 *   H+ = (I - rho s y') H (I - rho y s') + rho s s'      rho = 1 / y's      H_0 = s'y / y'y of the newest
 * </pre>
 *
 * <p>M^-1 = H is exact on the newest s, and positive definite. Pairs without y's &gt; 0 are left
 * out. Cost: no product; 4 n operations a pair to apply. M's smallest eigenvalue is not known.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4; Morales and
 * Nocedal 2000.
 */
public final class QuasiNewtonPreconditioner implements Preconditioner {
  /** A step and what A made of it, n x 1 each. */
  public record Pair(Matrix s, Matrix y) {
    private boolean isUsable() {
      double curvature = s.dot(y);
      return curvature > Math.ulp(1.0) * s.norm() * y.norm() && Double.isFinite(curvature);
    }
  }

  private final List<Pair> pairs;
  private final UnaryOperator<Matrix> first;

  private QuasiNewtonPreconditioner(List<Pair> pairs, UnaryOperator<Matrix> first) {
    this.pairs = pairs;
    this.first = first;
  }

  /** Of these pairs, oldest first. */
  public static QuasiNewtonPreconditioner of(List<Pair> pairs) {
    List<Pair> usable = pairs.stream().filter(Pair::isUsable).toList();
    return of(usable, q -> usable.isEmpty() ? q : scaled(usable.get(usable.size() - 1), q));
  }

  private static Matrix scaled(Pair newest, Matrix q) {
    return q.times(newest.s().dot(newest.y()) / newest.y().dot(newest.y()));
  }

  /** Of these pairs, oldest first, on top of another H_0, which is positive definite. */
  public static QuasiNewtonPreconditioner of(List<Pair> pairs, UnaryOperator<Matrix> first) {
    return new QuasiNewtonPreconditioner(pairs.stream().filter(Pair::isUsable).toList(), first);
  }

  @Override
  public String name() {
    return "L-BFGS(" + pairs.size() + ")";
  }

  /** H r for each column. */
  public Matrix times(Matrix r) {
    return r.cols() == 0 ? r : Matrix.beside(r.columns().stream().map(this::twoLoops).toList());
  }

  @Override
  public Prepared prepare(LinearOperator operator) {
    for (Pair pair : pairs) {
      Require.system(operator.cols(), pair.s(), pair.y());
    }
    return new Prepared(
        this::times, 0, pairs.isEmpty() ? OptionalDouble.of(1) : OptionalDouble.empty());
  }

  private Matrix twoLoops(Matrix r) {
    Matrix q = r;
    double[] alpha = new double[pairs.size()];
    for (int i = pairs.size() - 1; i >= 0; i--) {
      Pair pair = pairs.get(i);
      alpha[i] = pair.s().dot(q) / pair.s().dot(pair.y());
      q = q.plus(-alpha[i], pair.y());
    }
    q = first.apply(q);
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      double beta = pair.y().dot(q) / pair.s().dot(pair.y());
      q = q.plus(alpha[i] - beta, pair.s());
    }
    return q;
  }
}
