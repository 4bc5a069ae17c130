package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Var;

/**
 * {low &lt;= y &lt;= high, w'y = total}: p = clip(x + w tau, low, high), tau such that the total is
 * met. With the free coordinates f known, tau = (total - w'(bounds met) - w'(f x)) / w'(f w);
 * derivative D(f) - (f w)(f w)' / w'(f w), and so in all parameters. On a breakpoint the coordinate
 * counts as free or bound as rounding has it. Weights of any sign; bounds may be infinite.
 *
 * @param extent whether the set is of all elements or of each row
 * @param low stretches to the point
 * @param high stretches to the point
 * @param weight w, stretches to the point
 * @param total w'p, 1 x 1, or one for each row
 */
public record BoxSection(Extent extent, Var low, Var high, Var weight, Var total)
    implements Projection {
  @Override
  public Var of(Var point) {
    Var x = extent.toRows(point);
    Var lower = extent.toRows(low);
    Var upper = extent.toRows(high);
    Var w = extent.toRows(weight).broadcastTo(x.shape());
    Var face = Var.apply(new BoxSectionFace(), List.of(x, lower, upper, w, total));
    Var zero = Var.constant(0);
    Var isFree = face.equalTo(zero);
    Var bound = Var.where(face.lessThan(zero), lower, Var.where(isFree, zero, upper));
    Var free = w.times(isFree);
    Var unit = free.abs().maxCols().binaryScale();
    Var normal = free.divide(unit);
    Var left = total.minus(w.times(bound).sumCols()).divide(unit);
    Var near = NearPlane.of(x, normal, left);
    Var slope = normal.square().sumCols();
    Var excess = left.minus(normal.times(near).sumCols());
    Var tau = excess.divide(Var.where(slope, slope, Var.constant(1)));
    return extent.fromRows(Var.where(isFree, near.plus(normal.times(tau)), bound), point.shape());
  }
}
