package org.tacit.projection;

import org.tacit.primitive.Var;

/** {max |y_i| &lt;= radius}: the {@link Box} from -radius to radius, with its derivatives. */
public record LInfinityBall(Var radius) implements Projection {
  @Override
  public Var of(Var point) {
    Var r = AtLeast.require("radius of an l-infinity ball", radius, 0);
    return new Box(r.negate(), r).of(point);
  }
}
