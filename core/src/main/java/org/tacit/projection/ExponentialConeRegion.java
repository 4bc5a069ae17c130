package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** 1 where a point (x, y, z) has its projection on the exponential cone from this region, 1 x 1. */
record ExponentialConeRegion(Region region) implements LocallyConstant, Kernel {
  /** The places that differ in their projection. */
  enum Region {
    CONE,
    POLAR,
    FACE,
    EDGE
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
    if (!inputs.get(0).equals(Shape.of(3, 1))) {
      throw new IllegalArgumentException(
          "Invalid shape: " + inputs.get(0) + " (must be 3 x 1, replicated)");
    }
    return Shape.SCALAR;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense v = (Dense) inputs[0];
    Region found = of(v.data()[v.at(0)], v.data()[v.at(1)], v.data()[v.at(2)]);
    output.data()[output.at(0)] = found == region ? 1 : 0;
  }

  static Region of(double x, double y, double z) {
    if ((y > 0 && y * Math.exp(x / y) <= z) || (y == 0 && x <= 0 && z >= 0)) {
      return Region.CONE;
    } else if ((x > 0 && x * Math.exp(y / x) <= -Math.E * z) || (x == 0 && y <= 0 && z <= 0)) {
      return Region.POLAR;
    }
    return x <= 0 && y <= 0 ? Region.FACE : Region.EDGE;
  }
}
