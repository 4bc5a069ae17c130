package org.tacit.projection;

import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * {(t, z): |z| &lt;= t}, the first element of an n x 1 point being t: x where |z| &lt;= t, 0 where
 * |z| &lt;= -t, else (|z| + t) / 2 (1, z / |z|). On the cone the derivative is I, on the polar cone
 * 0. Source: Alizadeh and Goldfarb, Second-order cone programming, 2003.
 */
public record SecondOrderCone() implements Projection {
  @Override
  public Var of(Var point) {
    int n = point.shape().rows().size();
    Var t = point.slice(Side.ROWS, 0, 1);
    Var z = point.slice(Side.ROWS, 1, n);
    Var norm = Extent.WHOLE.norm(z);
    Var isInside = norm.lessOrEqual(t);
    Var isPolar = norm.lessOrEqual(t.negate());
    Var isEdge = isPolar.plus(isInside).equalTo(Var.constant(0));
    Var direction = Extent.WHOLE.unit(Var.where(isEdge, z, Var.constant(1)));
    Var half = norm.plus(t).times(0.5);
    Var edge = Var.concatenate(Side.ROWS, half, direction.times(half));
    return Var.where(isInside, point, Var.where(isPolar, Var.constant(0), edge));
  }
}
