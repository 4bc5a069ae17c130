package org.tacit.optimality;

import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The residual map of the conic program min c'z subject to E z + s = d, s in K, in the unknowns x =
 * (z, v) with v = y - s, y in K* being the dual solution, so that y = proj_{K*}(v) and s = y - v:
 *
 * <pre>
 *   F = [E' y + c ; d - E z - s]
 * </pre>
 *
 * This is ((M - I) Pi + I)(z, v, w) of the homogeneous self-dual embedding, M = [[0, E', c], [-E,
 * 0, d], [-c', -d', 0]], on its slice w = 1. That map has rank one less than its order, since
 * solutions scale; the slice takes the scale away, and the equation of the gap, which is y's = 0 by
 * Moreau, follows from the others. A is regular where primal and dual solutions are unique and the
 * projection is differentiable at v (strict complementarity). One pass where data sum over tables,
 * none else.
 *
 * <p>Source: arXiv 2105.15183, Table 1, row "conic programming"; Agrawal, Barratt, Boyd, Busseti
 * and Moursi, Differentiating through a cone program, 2019; Busseti, Moursi and Boyd, Solution
 * refinement at regular points of conic problems, 2018.
 */
public final class ConicResidual implements Condition {
  private final Cone cone;
  private final int variables;
  private final Parameters<?> theta;
  private final Var residual;
  private final Var embedding;

  /**
   * The data of a program, replicated.
   *
   * @param matrix E, m x p
   * @param right d, m x 1
   * @param cost c, p x 1
   */
  public record Data(Var matrix, Var right, Var cost) {
    public Data {
      if (matrix.shape().isSharded()
          || !right.shape().equals(new Shape(matrix.shape().rows(), Shape.SCALAR.cols()))
          || !cost.shape().equals(new Shape(matrix.shape().cols(), Shape.SCALAR.cols()))) {
        throw new IllegalArgumentException(
            String.format(
                "Invalid conic program: E is %s, d %s, c %s (must be m x p, m x 1 and p x 1,"
                    + " replicated)",
                matrix.shape(), right.shape(), cost.shape()));
      }
    }
  }

  private ConicResidual(Cone cone, Parameters<?> theta, Data data) {
    this.cone = cone;
    this.variables = data.cost().shape().size();
    this.theta = theta;
    if (data.right().shape().size() != cone.size()) {
      throw new IllegalArgumentException(
          "Invalid conic program: E has %s rows (must be %s, the size of the cone)"
              .formatted(data.right().shape().size(), cone.size()));
    }
    Var stationarity = data.matrix().transpose().matmul(dual(x())).plus(data.cost());
    Var gap = data.right().minus(data.matrix().matmul(primal(x()))).minus(slack(x()));
    this.residual = Var.concatenate(Side.ROWS, stationarity, gap);
    Var skew =
        Var.concatenate(
            Side.COLS,
            Var.concatenate(
                Side.ROWS, Var.zero(Shape.of(variables, variables)), data.matrix().negate()),
            Var.concatenate(
                Side.ROWS,
                data.matrix().transpose(),
                Var.zero(Shape.of(cone.size(), cone.size()))));
    this.embedding = skew.plus(Var.constant(Matrix.identity(unknowns())));
  }

  /** The condition of a cone and of data that are programs of theta. */
  public static <T> ConicResidual of(Cone cone, Parameters<T> theta, Function<T, Data> data) {
    Var symbol = Written.theta(theta.size());
    return new ConicResidual(cone, theta, data.apply(theta.unpack(symbol)));
  }

  /**
   * The same root as the fixed point of T(x) = x - (I + M)^-1 F(x), M = [[0, E'], [-E, 0]], which
   * is Douglas and Rachford's splitting: averaged, so that its iterates converge from anywhere
   * where the program has primal and dual solutions. Source: O'Donoghue, Chu, Parikh and Boyd,
   * Conic optimization via operator splitting and homogeneous self-dual embedding, 2016.
   */
  public Condition asFixedPoint() {
    Var step = embedding.solve(residual).negate();
    return Root.of(Parameters.vector(unknowns()), theta, (x, parts) -> step);
  }

  /** z in x = (z, y - s), p x 1. */
  public Var primal(Var x) {
    return x.slice(Side.ROWS, 0, variables);
  }

  /** s = proj_K(-v), m x 1. */
  public Var slack(Var x) {
    return cone.projection().of(complement(x).negate());
  }

  /** y = proj_{K*}(v), m x 1. */
  public Var dual(Var x) {
    return complement(x).plus(slack(x));
  }

  private Var complement(Var x) {
    return x.slice(Side.ROWS, variables, unknowns());
  }

  @Override
  public int unknowns() {
    return variables + cone.size();
  }

  @Override
  public Parameters<?> layout() {
    return theta;
  }

  @Override
  public Var residual() {
    return residual;
  }
}
