package org.tacit.projection;

import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The ratio rho = x / y of the point of the exponential cone's edge nearest to v, 1 x 1; 0 where
 * the nearest point is not on the edge. It is the root of an increasing h(rho; v), found by
 * bisection; derivative -(dh/drho)^-1 (dh/dv) dv. Source: Friberg, Projection onto the exponential
 * cone, 2023.
 */
record ExponentialConeRatio() implements Differentiable, Kernel {
  private static final double STEEPEST = 2000;

  @Override
  public Shape shape(List<Shape> inputs) {
    return new ExponentialConeRegion(ExponentialConeRegion.Region.EDGE).shape(inputs);
  }

  /** The length a of p = a (rho, 1, e^rho). */
  static Var length(Var ratio, Var v) {
    Var lowered = height(ratio, v).times(ratio.abs().negate().exp());
    return Var.where(ratio.greaterThan(Var.constant(0)), lowered, edge(ratio, v));
  }

  /** a e^rho; for rho > 0 as z + b e^-rho, equal on the edge, since a loses its digits there. */
  static Var height(Var ratio, Var v) {
    Var small = ratio.abs().negate().exp();
    return Var.where(
        ratio.greaterThan(Var.constant(0)),
        at(v, 2).plus(normal(ratio, v).times(small)),
        edge(ratio, v).times(small));
  }

  private static Var edge(Var ratio, Var v) {
    return ratio.minus(1).times(at(v, 0)).plus(at(v, 1)).divide(denominator(ratio));
  }

  /** The length b of v - p = b (1, 1 - rho, -e^-rho). */
  private static Var normal(Var ratio, Var v) {
    return at(v, 0).minus(ratio.times(at(v, 1))).divide(denominator(ratio));
  }

  private static Var denominator(Var ratio) {
    return ratio.square().minus(ratio).plus(1);
  }

  static Var at(Var v, int i) {
    return v.slice(Side.ROWS, i, i + 1);
  }

  /** h = e^-|rho| (a e^rho - b e^-rho - z), zero where v - p is normal to the cone at p. */
  private static Var gap(Var ratio, Var v) {
    Var isPositive = ratio.greaterThan(Var.constant(0));
    Var small = ratio.abs().negate().exp();
    Var square = small.square();
    Var one = Var.constant(1);
    return edge(ratio, v)
        .times(Var.where(isPositive, one, square))
        .minus(normal(ratio, v).times(Var.where(isPositive, square, one)))
        .minus(at(v, 2).times(small));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var v = inputs.get(0);
    Var gap = gap(output, v);
    Var slope = Jvp.of(gap, output, Var.constant(1));
    Var moved =
        Jvp.of(List.of(gap), Map.of(v, tangents.get(0), output, Var.zero(Shape.SCALAR))).get(0);
    Var isEdge = ExponentialConeRegion.isIn(ExponentialConeRegion.Region.EDGE, v);
    Var safe = Var.where(isEdge, slope, Var.constant(1));
    return Var.where(isEdge, moved.times(safe.reciprocal()).negate(), Var.constant(0));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    double[] v = ((Dense) inputs[0]).toMatrix().toArray();
    boolean isEdge = ExponentialConeRegion.of(v) == ExponentialConeRegion.Region.EDGE;
    output.data()[output.at(0)] = isEdge ? root(v[0], v[1], v[2]) : 0;
  }

  /**
   * Bisection where both multipliers are positive. Of doubles, e^|rho| is no more than their
   * largest over their least; beyond, h loses its sign to underflow, and is that of rho.
   */
  private static double root(double x, double y, double z) {
    double low = -STEEPEST;
    double high = STEEPEST;
    if (x > 0) {
      low = Math.max(low, 1 - y / x);
    } else if (x < 0) {
      high = Math.min(high, 1 - y / x);
    }
    if (y > 0) {
      high = Math.min(high, x / y);
    } else if (y < 0) {
      low = Math.max(low, x / y);
    }
    double middle = 0.5 * (low + high);
    while (low < middle && middle < high) {
      double gap = gap(middle, x, y, z);
      if (gap < 0 || (gap == 0 && middle < 0)) {
        low = middle;
      } else {
        high = middle;
      }
      middle = 0.5 * (low + high);
    }
    return middle;
  }

  private static double gap(double ratio, double x, double y, double z) {
    double denominator = ratio * ratio - ratio + 1;
    double length = ((ratio - 1) * x + y) / denominator;
    double normal = (x - ratio * y) / denominator;
    double small = Math.exp(-Math.abs(ratio));
    return ratio > 0
        ? length - normal * small * small - z * small
        : length * small * small - normal - z * small;
  }
}
