package org.tacit.prox;

import java.util.List;
import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;
import org.tacit.projection.BlockMean;
import org.tacit.projection.Extent;

/**
 * g = lambda sum_j |y_(j+1) - y_j|: on each run of equal elements the mean of x, plus t = step
 * lambda over the run's length for each neighbour above and minus that for each below. Derivative
 * in x: the runs' averages; at a kink those of the runs that the algorithm ends with. Cost: usually
 * O(n).
 */
public record TotalVariation(Extent extent, Var lambda) implements Prox {
  /** All elements, row after row, are one sequence. */
  public static TotalVariation ofAll(Var lambda) {
    return new TotalVariation(Extent.WHOLE, lambda);
  }

  /** Each row is a sequence. */
  public static TotalVariation ofRows(Var lambda) {
    return new TotalVariation(Extent.ROWS, lambda);
  }

  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a total variation", lambda, 0).times(step);
    Var rows = extent.toRows(point);
    Var near = rows.minus(rows.maxCols()); // runs do not move with all elements alike
    Var labels = Var.apply(new FusedBlocks(FusedBlocks.Result.LABELS), List.of(near, t));
    Var pull = Var.apply(new FusedBlocks(FusedBlocks.Result.PULL), List.of(near, t));
    return extent.fromRows(BlockMean.of(rows.plus(pull.times(t)), labels), point.shape());
  }
}
