package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * The map of a point to the nearest point of a set C, argmin over y in C of |x - y|. The set's
 * parameters are values of the program, so that derivatives in them come with those in the point.
 *
 * <p>On a kink, where the point has several faces nearest, the derivative is that of the face that
 * is named here: an element of the generalised Jacobian.
 */
@FunctionalInterface
public interface Projection {
  /** The projection of {@code point}, of its shape. */
  Var of(Var point);

  /** The non-negative orthant: max(x, 0), derivative 1 at x = 0. */
  static Projection ontoNonNegative() {
    return x -> x.max(Var.constant(0));
  }

  /**
   * {low &lt;= y &lt;= high}, elementwise; the bounds stretch to the point and may be infinite. p =
   * min(max(x, low), high). Derivative in x: 1 where low &lt;= x &lt;= high, the bounds included;
   * in a bound 1 where the point is beyond it.
   */
  static Projection ontoBox(Var low, Var high) {
    return x -> {
      Var top = AtLeast.require("upper bound of a box, not below its lower bound", high, low);
      return x.max(low).min(top);
    };
  }

  /** {max |y_i| &lt;= radius}: the {@link #ontoBox box} from -radius to radius. */
  static Projection ontoLInfinityBall(Var radius) {
    return x -> {
      Var r = AtLeast.require("radius of an l-infinity ball", radius, 0);
      return ontoBox(r.negate(), r).of(x);
    };
  }

  /** {a'y = b}: p = x - t a with t = (a'x - b) / |a|^2; a has the point's shape. Smooth. */
  static Projection ontoHyperplane(Extent extent, Var normal, Var offset) {
    return new NearPlane.Hyperplane(extent, normal, offset)::of;
  }

  /**
   * {a'y &lt;= b}: x inside, the {@link #ontoHyperplane plane} outside. On the plane itself the
   * derivative is that of the plane.
   */
  static Projection ontoHalfspace(Extent extent, Var normal, Var offset) {
    return x -> {
      var plane = new NearPlane.Hyperplane(extent, normal, offset);
      return Var.where(plane.excess(x).lessThan(Var.constant(0)), x, plane.of(x));
    };
  }

  /**
   * {A y = b} for a small replicated A (m x n), b (m x 1) and points n x k, each column by itself:
   * p = x - A' (A A')^-1 (A x - b). Smooth. Rows that follow from those above are left out, and get
   * derivative zero; rows that contradict them are an error.
   */
  static Projection ontoAffineSet(Var matrix, Var rightSide) {
    return new NearAffineSet.AffineSet(matrix, rightSide)::of;
  }

  /**
   * {A y = b, G y &lt;= h} for an n x 1 point and small replicated A and G of a row or more: with
   * C, d the independent rows that hold at the solution, p = x - C' (C C')^-1 (C x - d). Derivative
   * I - C' (C C')^-1 C, and in A, b, G, h through the same formula; at a kink of the rows the
   * method ends with. An empty polyhedron is an error. Cost: a factorisation of the active rows for
   * each row tried.
   */
  static Projection ontoPolyhedron(Var a, Var b, Var g, Var h) {
    return x -> new NearAffineSet.AffineSet(a, b).where(g, h, x);
  }

  /**
   * {y >= 0, sum y = total}: p = s (x - tau) on the support s of the projection, with tau = (s'x -
   * total) / |s|. Derivatives D(s) - s s' / |s| in x and s / |s| in the total; at a kink those of
   * the smallest support. Elements of the point may be -infinity, and are then zero. Cost: a sort
   * of each vector.
   */
  static Projection ontoSimplex(Extent extent, Var total) {
    return x -> {
      Var sum = AtLeast.require("total of a simplex", total, 0);
      return extent.inRows(
          x, rows -> SimplexSupport.nearest(SimplexSupport.fromLargest(rows), sum));
    };
  }

  /**
   * {y >= 0, sum y = total, at most k elements not zero}: the {@link #ontoSimplex simplex} on the k
   * largest elements, the first of equal ones. Not convex, so not 1-Lipschitz; derivative that of
   * the simplex on those elements, their choice held. Source: Kyrillidis et al., Sparse projections
   * onto the simplex, 2013.
   */
  static Projection ontoSparseSimplex(Extent extent, int most, Var total) {
    if (most < 1) {
      throw new IllegalArgumentException("Invalid number of elements: " + most + " (must be >= 1)");
    }
    return x -> {
      Var sum = AtLeast.require("total of a simplex", total, 0);
      return extent.inRows(
          x,
          rows -> {
            Var near = SimplexSupport.fromLargest(rows);
            Var chosen = SortOrder.first(most, near);
            Var least = Var.constant(Double.NEGATIVE_INFINITY);
            return SimplexSupport.nearest(near, Var.where(chosen, near, least), sum);
          });
    };
  }

  /**
   * {0 &lt;= y &lt;= cap, sum y = total}: the {@link BoxSection} with weights 1, with its
   * derivatives. With cap 1 and an integer total k, the hull of the 0/1 vectors with k ones.
   */
  static Projection ontoCappedSimplex(Extent extent, Var cap, Var total) {
    return new BoxSection(extent, Var.constant(0), cap, Var.constant(1), total);
  }

  /**
   * The projection of exp(x) on {y >= 0, sum y = total} in the Kullback-Leibler divergence: total
   * softmax(x). Smooth; derivative D(p) - p p' / total.
   */
  static Projection ontoKlSimplex(Extent extent, Var total) {
    return x -> {
      Var sum = AtLeast.require("total of a simplex", total, 0);
      return extent.inRows(x, rows -> rows.softmax().times(sum));
    };
  }

  /**
   * {y_1 &lt;= y_2 &lt;= ... &lt;= y_n}: the means of blocks of neighbours. Derivative: the block
   * averages, (1/|b|) 1 1' on each; at a kink of the finer blocks. Cost: O(n).
   */
  static Projection ontoIncreasing(Extent extent) {
    return x -> extent.inRows(x, rows -> IsotonicBlocks.means(rows, rows));
  }

  /** {y_1 >= y_2 >= ... >= y_n}, as {@link #ontoIncreasing}. */
  static Projection ontoDecreasing(Extent extent) {
    return x -> extent.inRows(x, rows -> IsotonicBlocks.means(rows, rows.negate()));
  }

  /**
   * {low &lt;= y_1 &lt;= ... &lt;= y_n &lt;= high}: the {@link #ontoIncreasing increasing}
   * projection moved into the bounds, which may be infinite, with the derivatives of both. Source:
   * de Leeuw, Hornik and Mair, Isotone optimization in R, 2009; Grotzinger and Witzgall,
   * Projections onto order simplexes, 1984.
   */
  static Projection ontoIncreasing(Extent extent, Var low, Var high) {
    return x -> ontoBox(low, high).of(ontoIncreasing(extent).of(x));
  }

  /**
   * {high >= y_1 >= y_2 >= ... >= y_n >= low}, the order simplex: as {@link #ontoIncreasing(Extent,
   * Var, Var)}.
   */
  static Projection ontoDecreasing(Extent extent, Var low, Var high) {
    return x -> ontoBox(low, high).of(ontoDecreasing(extent).of(x));
  }

  /**
   * The permutahedron, the hull of all permutations of w, which has the point's shape or is one row
   * for all: with x sorted downwards as s and w as v, s - isotonic(s - v) put back in x's order,
   * isotonic decreasing. Derivative: on each block of the isotonic part what is left of its mean;
   * in w the block means, in sorted order. Cost: two sorts. Source: Blondel, Teboul, Berthet and
   * Djolonga, Fast differentiable sorting and ranking, 2020, proposition 3.
   */
  static Projection ontoPermutahedron(Extent extent, Var vertex) {
    return x -> {
      Var v = SortOrder.downwards(extent.toRows(vertex));
      return extent.inRows(
          x,
          rows ->
              SortOrder.through(
                  rows,
                  s -> {
                    Var labels = IsotonicBlocks.of(s.negate(), v.negate());
                    Var means = BlockMean.of(v.broadcastTo(s.shape()), labels);
                    return BlockMean.above(s, labels).plus(means);
                  }));
    };
  }

  /**
   * {sum |y_i| &lt;= radius}: x inside, the {@link #ontoL1Sphere sphere} outside. On the sphere
   * itself the derivative is that of the inside, I, and 0 in the radius.
   */
  static Projection ontoL1Ball(Extent extent, Var radius) {
    return x ->
        Var.where(extent.sum(x.abs()).lessOrEqual(radius), x, ontoL1Sphere(extent, radius).of(x));
  }

  /**
   * {sum |y_i| = radius}: sign(x) simplex(|x|), zeros taken as positive. Derivatives those of
   * {@link #ontoSimplex} with the signs held.
   */
  static Projection ontoL1Sphere(Extent extent, Var radius) {
    return x -> {
      Var r = AtLeast.require("radius of an l1 sphere", radius, 0);
      Var sign = Var.where(x.lessThan(Var.constant(0)), Var.constant(-1), Var.constant(1));
      return ontoSimplex(extent, r).of(x.times(sign)).times(sign);
    };
  }

  /**
   * {|y| &lt;= radius}: x inside, radius x / |x| outside. On the sphere itself the derivative is
   * that of the inside, I, and 0 in the radius.
   */
  static Projection ontoL2Ball(Extent extent, Var radius) {
    return x -> {
      Var r = AtLeast.require("radius of an l2 ball", radius, 0);
      Var isInside = extent.norm(x).lessOrEqual(r);
      Var outside = Var.where(isInside, Var.constant(1), x);
      return Var.where(isInside, x, extent.unit(outside).times(r));
    };
  }

  /**
   * {|y| = radius}: p = radius x / |x|, derivative (radius / |x|) (I - x x' / |x|^2) and x / |x| in
   * the radius. The centre has no nearest point; it gives NaN, which stops the evaluation.
   */
  static Projection ontoL2Sphere(Extent extent, Var radius) {
    return x -> extent.unit(x).times(AtLeast.require("radius of an l2 sphere", radius, 0));
  }

  /**
   * {(t, z): |z| &lt;= t}, the first element of an n x 1 point being t: x where |z| &lt;= t, 0
   * where |z| &lt;= -t, else (|z| + t) / 2 (1, z / |z|). On the cone the derivative is I, on the
   * polar cone 0. Source: Alizadeh and Goldfarb, Second-order cone programming, 2003.
   */
  static Projection ontoSecondOrderCone() {
    return x -> {
      Var t = x.slice(Side.ROWS, 0, 1);
      Var z = x.slice(Side.ROWS, 1, x.shape().rows().size());
      Var norm = Extent.WHOLE.norm(z);
      Var isInside = norm.lessOrEqual(t);
      Var isPolar = norm.lessOrEqual(t.negate());
      Var isEdge = isPolar.plus(isInside).equalTo(Var.constant(0));
      Var direction = Extent.WHOLE.unit(Var.where(isEdge, z, Var.constant(1)));
      Var half = norm.plus(t).times(0.5);
      Var edge = Var.concatenate(Side.ROWS, half, direction.times(half));
      return Var.where(isInside, x, Var.where(isPolar, Var.constant(0), edge));
    };
  }

  /**
   * The closure of {(x, y, z): y > 0, y exp(x / y) &lt;= z}, for a 3 x 1 point. Inside, the point;
   * in the polar cone, 0; for x, y &lt;= 0, and where y exp(x / y) underflows, (x, max(y, 0),
   * max(z, 0)); else a (rho, 1, e^rho) on the edge, with a = ((rho - 1) x + y) / (rho^2 - rho + 1).
   * On a boundary the derivative is that of the first case that holds. Source: Friberg, Projection
   * onto the exponential cone: a univariate root-finding problem, 2023.
   */
  static Projection ontoExponentialCone() {
    return ExponentialConeRegion::nearest;
  }

  /**
   * Symmetric positive semidefinite matrices: (X + |X|) / 2, which keeps the positive eigenvalues
   * of a small symmetric X. Derivative V (T . (V' dX V)) V' with the divided differences T_kl of
   * max(w, 0); at a double zero eigenvalue T_kl = 1/2. Of a matrix that is not symmetric: an error.
   * Cost: an eigendecomposition. Source: Malick and Sendov, Clarke generalized Jacobian of the
   * projection onto the cone of positive semidefinite matrices, 2006.
   */
  static Projection ontoPsdCone() {
    return MatrixPart::positive;
  }

  /**
   * {Y >= 0, Y 1 = row, Y' 1 = col}, the plans that transport one margin to the other, nearest to a
   * small m x n matrix X: P = s (X - u 1' - 1 v') on the support s, where u, v solve [[D(s 1), s],
   * [s', D(s' 1)]] (u, v) = (margins of s X) - (margins). Derivatives follow at fixed support.
   *
   * <p>The margins must have the same sum, so that only their changes of equal sum mean something;
   * in each connected part of the support the last column's equality is taken as redundant, and
   * gets derivative 0. Cost: a few factorisations of order m + n.
   */
  static Projection ontoTransport(Var row, Var col) {
    return x -> TransportSupport.nearest(x, row, col);
  }

  /** Doubly stochastic matrices of this order, the Birkhoff polytope. */
  static Projection ontoBirkhoff(int order) {
    Var ones = Var.constant(Matrix.filled(order, 1, 1));
    return ontoTransport(ones, ones);
  }

  /**
   * The projection of exp(X), small and m x n, on {P >= 0, P 1 = row, P' 1 = col} in the
   * Kullback-Leibler divergence: P = exp(X - u 1' - 1 v') with the margins met, by Sinkhorn's
   * iteration in logarithms (Cuturi, Sinkhorn distances, 2013). Smooth; dP = P (dX - du 1' - 1 dv')
   * with [[D(P 1), P], [P', D(P' 1)]] (du, dv) the margins of P dX less those given, the last
   * column's taken as redundant. Margins must be positive and of equal sum.
   */
  static Projection ontoKlTransport(Var row, Var col) {
    return x -> Var.apply(new Sinkhorn(), List.of(x, row, col));
  }

  /** {@link #ontoKlTransport} on doubly stochastic matrices of this order. */
  static Projection ontoKlBirkhoff(int order) {
    Var ones = Var.constant(Matrix.filled(order, 1, 1));
    return ontoKlTransport(ones, ones);
  }
}
