package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * The proximal map of a penalty g: argmin over y of 1/2 |x - y|^2 + step g(y). The penalty's
 * parameters are values of the program, so that derivatives in them come with those in the point
 * and the step.
 *
 * <p>At a kink the derivative is an element of the generalised Jacobian, which is named here. With
 * t = step lambda everywhere.
 */
@FunctionalInterface
public interface Prox {
  /** prox_{step g}(point), of the point's shape; the step, > 0, stretches to it. */
  Var of(Var point, Var step);

  /** g = 0: the point itself. */
  static Prox none() {
    return (x, step) -> x;
  }

  /** g = 0 on a set, infinite outside: the projection on it, whatever the step. */
  static Prox indicator(Projection set) {
    return (x, step) -> set.of(x);
  }

  /** g = lambda/2 |y|^2: x / (1 + t). Smooth. */
  static Prox ridge(Var lambda) {
    return (x, step) -> x.divide(threshold("a ridge", lambda, step).plus(1));
  }

  /**
   * g = sum_j lambda_j |y_j|, lambda a scalar or one for each element: soft thresholding, sign(x)
   * max(|x| - t, 0). Derivative D(1[|x| > t]), and -sign(x) 1[|x| > t] in t; 0 where |x| = t.
   */
  static Prox lasso(Var lambda) {
    return (x, step) -> soft(x, threshold("a lasso", lambda, step));
  }

  /**
   * g = lambda (|y|_1 + gamma/2 |y|^2): soft(x, t) / (1 + t gamma). Derivative D(1[|x| > t]) / (1 +
   * t gamma); 0 where |x| = t.
   */
  static Prox elasticNet(Var lambda, Var gamma) {
    return (x, step) -> {
      Var t = threshold("an elastic net", lambda, step);
      Var ratio = AtLeast.require("gamma of an elastic net", gamma, 0);
      return soft(x, t).divide(t.times(ratio).plus(1));
    };
  }

  /**
   * g = lambda |y|_2, of all elements or of each row, lambda being 1 x 1 or one for each row: (1 -
   * t / |x|) x where |x| > t, else 0. Derivative (1 - t / |x|) I + t x x' / |x|^3 and -x / |x| in
   * t; 0 where |x| &lt;= t, so also at x = 0.
   */
  static Prox groupLasso(Extent extent, Var lambda) {
    return (x, step) -> {
      Var t = threshold("a group lasso", lambda, step);
      Var isLarge = extent.norm(x).greaterThan(t);
      Var large = Var.where(isLarge, x, Var.constant(1));
      return Var.where(isLarge, x.minus(extent.unit(large).times(t)), Var.constant(0));
    };
  }

  /**
   * g = lambda sum(y) for y >= 0, infinite elsewhere: max(x - t, 0). Derivative 1[x > t], and -1[x
   * > t] in t; 0 where x = t.
   */
  static Prox nonNegativeLasso(Var lambda) {
    return (x, step) -> Var.constant(0).max(x.minus(threshold("a lasso", lambda, step)));
  }

  /**
   * g = lambda/2 |y|^2 for y >= 0, infinite elsewhere: max(x, 0) / (1 + t). Derivative that of x >
   * 0 at x = 0.
   */
  static Prox nonNegativeRidge(Var lambda) {
    return (x, step) -> ridge(lambda).of(Projection.ontoNonNegative().of(x), step);
  }

  /**
   * g = sum_k lambda_k |y|_(k), |y|_(1) the largest element's size, lambda decreasing and >= 0
   * (SLOPE, OWL), in the point's shape or a row 1 x width for rows: with |x| sorted downwards as s,
   * sign(x) max(isotonic(s - t), 0) put back in order, isotonic decreasing. Derivatives those of
   * {@link Projection#ontoDecreasing(Extent)}, 0 where a block's mean is 0. Source: Bogdan et al.,
   * SLOPE - adaptive variable selection via convex optimization, 2015.
   */
  static Prox sortedL1(Extent extent, Var lambda) {
    Projection isotonic = Projection.ontoDecreasing(Extent.ROWS);
    return (x, step) -> {
      Var t = extent.toRows(AtLeast.require("lambda of a sorted l1", lambda, 0)).times(step);
      return extent.inRows(
          x,
          rows ->
              SortOrder.through(rows.abs(), s -> Var.constant(0).max(isotonic.of(s.minus(t))))
                  .times(rows.sign()));
    };
  }

  /**
   * g = lambda sum_j |y_(j+1) - y_j|, of all elements row after row or of each row: on each run of
   * equal elements the mean of x, plus t over the run's length for each neighbour above and minus
   * that for each below. Derivative in x: the runs' averages; at a kink those of the runs that the
   * algorithm ends with. Cost: usually O(n).
   */
  static Prox totalVariation(Extent extent, Var lambda) {
    return (x, step) -> {
      Var t = threshold("a total variation", lambda, step);
      return extent.inRows(
          x,
          rows -> {
            Var near = rows.minus(rows.maxCols()); // runs do not move with all elements alike
            Var labels = Var.apply(new FusedBlocks(FusedBlocks.Result.LABELS), List.of(near, t));
            Var pull = Var.apply(new FusedBlocks(FusedBlocks.Result.PULL), List.of(near, t));
            return BlockMean.of(rows.plus(pull.times(t)), labels);
          });
    };
  }

  /**
   * g = lambda times the sum of the singular values of a small m x n matrix: U max(D - t, 0) V'.
   * The dilation Z = [[0, X], [X', 0]] has the eigenvalues +-d, so the answer is twice the upper
   * right block of the {@link Projection#ontoPsdCone} projection of Z - t I, and so are its
   * derivatives; where a singular value is t the derivative takes half of it. Cost: an
   * eigendecomposition of order m + n.
   */
  static Prox nuclearNorm(Var lambda) {
    return (x, step) -> {
      Var t = threshold("a nuclear norm", lambda, step);
      int m = x.shape().rows().size();
      int n = x.shape().width();
      Var above = x.pad(Side.COLS, m, 0);
      Var below = x.transpose().pad(Side.COLS, 0, n);
      Var dilation = Var.concatenate(Side.ROWS, above, below);
      Var shift = Var.constant(Matrix.identity(m + n)).times(t);
      Var positive = Projection.ontoPsdCone().of(dilation.minus(shift));
      return positive.slice(Side.ROWS, 0, m).slice(Side.COLS, m, m + n).times(2);
    };
  }

  /**
   * g = -lambda sum log(y), y > 0: (x + sqrt(x^2 + 4 t)) / 2, for negative x in the form 2 t /
   * (sqrt(x^2 + 4 t) - x). Smooth for t > 0; at t = 0 = x it gives NaN in derivatives.
   */
  static Prox negativeLog(Var lambda) {
    return (x, step) -> NegativeLogRoot.of(x, threshold("a negative log", lambda, step));
  }

  /**
   * g = lambda sum log(1 + |y| / eps), not convex; single-valued while t &lt;= eps^2, which is
   * required. Where |x| > t / eps, sign(x) (|x| - eps + sqrt((|x| + eps)^2 - 4 t)) / 2, else 0;
   * derivative 0 where |x| = t / eps. Source: Gong et al., A general iterative shrinkage and
   * thresholding algorithm for non-convex regularized optimization, 2013, table 1.
   */
  static Prox logPenalty(Var lambda, Var eps) {
    return (x, step) -> {
      Var t = threshold("a log penalty", lambda, step);
      Var width =
          AtLeast.require(
              "eps of a log penalty, not below the root of lambda times step", eps, t.sqrt());
      Var size = x.abs();
      Var isLarge = size.greaterThan(t.divide(width));
      Var sum = size.plus(width);
      Var share = t.times(4).divide(sum).divide(sum).negate().plus(1); // no square overflows
      Var root = sum.times(Var.where(isLarge, share, Var.constant(1)).sqrt());
      Var moved = size.minus(width).plus(root).times(0.5).times(x.sign());
      return Var.where(isLarge, moved, Var.constant(0));
    };
  }

  private static Var threshold(String penalty, Var lambda, Var step) {
    return AtLeast.require("lambda of " + penalty, lambda, 0).times(step);
  }

  private static Var soft(Var x, Var t) {
    return Var.where(x.abs().greaterThan(t), x.minus(x.sign().times(t)), Var.constant(0));
  }
}
