package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;

/**
 * A closed convex cone K of vectors of {@code size} numbers, known by its projection; that on the
 * dual cone follows by Moreau: proj_{K*}(v) = v + proj_K(-v). Source: Parikh and Boyd, Proximal
 * algorithms, 2014, section 2.5.
 *
 * @param projection of size x 1 points
 */
public record Cone(int size, Projection projection) {
  public Cone {
    requireAtLeast("size of a cone", size, 1);
  }

  /** {0}, for equalities. Its dual is everything. */
  public static Cone zero(int size) {
    return new Cone(size, point -> Var.zero(point.shape()));
  }

  /** {s >= 0}. */
  public static Cone nonNegative(int size) {
    return new Cone(size, Projection.ontoNonNegative());
  }

  /** {(t, z): |z| &lt;= t}, t first. */
  public static Cone secondOrder(int size) {
    requireAtLeast("size of a second-order cone", size, 2);
    return new Cone(size, Projection.ontoSecondOrderCone());
  }

  /** The closure of {(x, y, z): y > 0, y exp(x / y) &lt;= z}. */
  public static Cone exponential() {
    return new Cone(3, Projection.ontoExponentialCone());
  }

  /**
   * Positive semidefinite matrices of a small order k, as the k (k + 1) / 2 elements of their lower
   * triangle, row after row, those below the diagonal times sqrt(2), so that lengths are kept.
   */
  public static Cone positiveSemidefinite(int order) {
    requireAtLeast("order of a matrix", order, 1);
    int size = order * (order + 1) / 2;
    double[] full = new double[order * order * size];
    int at = 0;
    for (int i = 0; i < order; i++) {
      for (int j = 0; j <= i; j++, at++) {
        full[(i * order + j) * size + at] = i == j ? 1 : Math.sqrt(0.5);
        full[(j * order + i) * size + at] = i == j ? 1 : Math.sqrt(0.5);
      }
    }
    Var unfold = Var.constant(Matrix.adopting(order * order, size, full));
    return new Cone(
        size,
        point -> {
          Var matrix = unfold.matmul(point).reshape(order, order);
          Var nearest = Projection.ontoPsdCone().of(matrix).reshape(order * order, 1);
          return unfold.transpose().matmul(nearest);
        });
  }

  /** The vectors whose consecutive parts are in these cones. */
  public static Cone product(Cone... parts) {
    List<Cone> cones = List.of(parts);
    return new Cone(
        cones.stream().mapToInt(Cone::size).sum(),
        point -> {
          List<Var> projected = new ArrayList<>();
          int from = 0;
          for (Cone cone : cones) {
            Var part = point.slice(Side.ROWS, from, from + cone.size());
            projected.add(cone.projection().of(part));
            from += cone.size();
          }
          return Var.concatenate(Side.ROWS, projected);
        });
  }

  private static void requireAtLeast(String what, int value, int bound) {
    if (value < bound) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + value + " (must be >= " + bound + ")");
    }
  }
}
