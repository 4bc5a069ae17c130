package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * The hull of all permutations of w: with x sorted downwards as s and w as v, s - isotonic(s - v)
 * put back in x's order, isotonic decreasing. Derivative: on each block of the isotonic part what
 * is left of its mean; in w the block means, in sorted order. Cost: two sorts. Source: Blondel,
 * Teboul, Berthet and Djolonga, Fast differentiable sorting and ranking, 2020, proposition 3.
 */
public record Permutahedron(Extent extent, Var vertex) implements Projection {
  /** The set of all elements; the vertex has the point's shape. */
  public static Permutahedron ofAll(Var vertex) {
    return new Permutahedron(Extent.WHOLE, vertex);
  }

  /** A set for each row; the vertex is 1 x width or rows x width. */
  public static Permutahedron ofRows(Var vertex) {
    return new Permutahedron(Extent.ROWS, vertex);
  }

  @Override
  public Var of(Var point) {
    Var rows = extent.toRows(point);
    Var w = extent.toRows(vertex);
    Var downwards = Permuted.sort(w, Var.apply(new SortOrder(), java.util.List.of(w)));
    Var moved = Sorted.through(rows, sorted -> fromBlocks(sorted, downwards));
    return extent.fromRows(moved, point.shape());
  }

  /** s - isotonic(s - v): on each of its blocks what s is above its mean, and the mean of v. */
  private static Var fromBlocks(Var s, Var v) {
    Var labels = IsotonicBlocks.of(s.negate(), v.negate());
    return BlockMean.above(s, labels).plus(BlockMean.of(v.broadcastTo(s.shape()), labels));
  }
}
