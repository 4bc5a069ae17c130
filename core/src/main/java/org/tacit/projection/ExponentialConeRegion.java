package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** 1 where a point (x, y, z) has its projection on the exponential cone from this region, 1 x 1. */
record ExponentialConeRegion(Region region) implements LocallyConstant, Kernel {
  /** Below this ratio x / y, e^(x / y) is 0 in doubles, and the edge is the face. */
  private static final double FLAT = -746;

  /** The places that differ in their projection. */
  enum Region {
    CONE,
    POLAR,
    FACE,
    EDGE
  }

  /** The nearest point of the cone: see {@link Projection#ontoExponentialCone}. */
  static Var nearest(Var point) {
    Var zero = Var.constant(0);
    Var ratio = Var.apply(new ExponentialConeRatio(), List.of(point));
    Var length = ExponentialConeRatio.length(ratio, point);
    Var height = ExponentialConeRatio.height(ratio, point);
    Var edge = Var.concatenate(Side.ROWS, length.times(ratio), length, height);
    Var y = ExponentialConeRatio.at(point, 1);
    Var face =
        Var.concatenate(
            Side.ROWS,
            ExponentialConeRatio.at(point, 0),
            Var.where(y.greaterThan(zero), y, zero),
            ExponentialConeRatio.at(point, 2).max(zero));
    Var outside = Var.where(isIn(Region.FACE, point), face, edge);
    Var polar = Var.where(isIn(Region.POLAR, point), zero, outside);
    return Var.where(isIn(Region.CONE, point), point, polar);
  }

  static Var isIn(Region region, Var point) {
    return Var.apply(new ExponentialConeRegion(region), List.of(point));
  }

  @Override
  public String name() {
    return "exponentialCone " + region;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape.require(x.equals(Shape.of(3, 1)), "Invalid shape: %s (must be 3 x 1, replicated)", x);
    return Shape.SCALAR;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Region found = of(((Dense) inputs[0]).toMatrix().toArray());
    output.data()[output.at(0)] = found == region ? 1 : 0;
  }

  @Override
  public String kink() {
    return "a point is between two regions of the exponential cone";
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    Matrix v = ((Dense) inputs[0]).toMatrix();
    double distance = distance(v.at(0), v.at(1), v.at(2));
    margins.set(0, 0, distance, v.maxAbs(), piece(of(v.toArray())));
  }

  private static int piece(Region region) {
    return List.of(Region.values()).indexOf(region);
  }

  /** The least of how far the tests that divide the regions here are from equality. */
  private static double distance(double x, double y, double z) {
    double cone = y > 0 ? steepness(x / y, Math.abs(y * Math.exp(x / y) - z)) : Math.abs(y);
    double polar =
        x > 0 ? steepness(y / x, Math.abs(x * Math.exp(y / x) + Math.E * z)) : Math.abs(x);
    if (x <= 0 && y <= 0) {
      return Math.min(Math.abs(x), Math.abs(y));
    }
    double edges = Math.min(x <= 0 ? Math.abs(y) : cone, y <= 0 ? Math.abs(x) : polar);
    return Math.min(edges, Math.min(cone, polar));
  }

  private static double steepness(double ratio, double gap) {
    return gap / Math.max(1, Math.exp(ratio));
  }

  static Region of(double[] v) {
    double x = v[0];
    double y = v[1];
    double z = v[2];
    if ((y > 0 && y * Math.exp(x / y) <= z) || (y == 0 && x <= 0 && z >= 0)) {
      return Region.CONE;
    } else if ((x > 0 && x * Math.exp(y / x) <= -Math.E * z) || (x == 0 && y <= 0 && z <= 0)) {
      return Region.POLAR;
    }
    return x <= 0 && (y <= 0 || x < FLAT * y) ? Region.FACE : Region.EDGE;
  }
}
