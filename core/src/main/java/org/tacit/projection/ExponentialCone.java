package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.ExponentialConeRegion.Region;

/**
 * The closure of {(x, y, z): y > 0, y exp(x / y) &lt;= z}, for a 3 x 1 point. Inside, the point; in
 * the polar cone, 0; for x, y &lt;= 0, and where y exp(x / y) underflows, (x, max(y, 0), max(z,
 * 0)); else a (rho, 1, e^rho) on the edge, with a = ((rho - 1) x + y) / (rho^2 - rho + 1). On a
 * boundary the derivative is that of the first case that holds. Source: Friberg, Projection onto
 * the exponential cone: a univariate root-finding problem, 2023.
 */
public record ExponentialCone() implements Projection {
  @Override
  public Var of(Var point) {
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
    Var outside = Var.where(ExponentialConeRegion.isIn(Region.FACE, point), face, edge);
    Var polar = Var.where(ExponentialConeRegion.isIn(Region.POLAR, point), zero, outside);
    return Var.where(ExponentialConeRegion.isIn(Region.CONE, point), point, polar);
  }
}
