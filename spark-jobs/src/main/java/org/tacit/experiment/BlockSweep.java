package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tacit.breeze.Eigenvalues;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;

/**
 * A sweep of block coordinate descent as a map that can be unrolled, for a quadratic of a matrix
 *
 * <pre>
 *   min over X, m x k, of &lt;X, H X&gt; / 2 + &lt;C(theta), X&gt;,   every row in a set
 * </pre>
 *
 * over blocks of rows in turn, each a projected step of 1 over the largest eigenvalue of its block
 * of H; the gradients of all rows are kept up to date. X is seen flat, row after row. A sweep is 4
 * m^2 k operations and no pass. The minimiser is what {@link
 * org.tacit.solver.CompositeMinimiser#blockCoordinateDescent()} finds. Source: Beck and
 * Tetruashvili, On the convergence of block coordinate descent type methods, 2013, section 3.
 */
final class BlockSweep {
  private final Matrix h;
  private final UnaryOperator<Var> c;
  private final Projection rows;
  private final List<Block> blocks = new ArrayList<>();

  /** Rows from one on, their columns of H, and the largest eigenvalue of their block of it. */
  private record Block(int from, Matrix columns, double largest) {
    static Block of(Matrix h, int from, int to) {
      int size = to - from;
      Matrix columns = h.columns(from, to);
      double[] square = Arrays.copyOfRange(columns.toArray(), from * size, to * size);
      return new Block(
          from, columns, Eigenvalues.ofSymmetric(Matrix.adopting(size, size, square)).maxAbs());
    }
  }

  /**
   * @param h symmetric, m x m, with a diagonal that is positive
   * @param c C as a function of theta, m x k
   * @param rows projects each row of a matrix on its set
   * @param rowsABlock the rows of a block; the last one may have fewer
   */
  public BlockSweep(Matrix h, UnaryOperator<Var> c, Projection rows, int rowsABlock) {
    if (rowsABlock < 1) {
      throw new IllegalArgumentException(
          "Invalid rows of a block: " + rowsABlock + " (must be >= 1)");
    }
    this.h = h;
    this.c = c;
    this.rows = rows;
    for (int from = 0; from < h.rows(); from += rowsABlock) {
      blocks.add(Block.of(h, from, Math.min(h.rows(), from + rowsABlock)));
    }
  }

  /** X after a sweep from {@code x}, m k x 1 both. */
  public Var of(Var x, Var theta) {
    int m = h.rows();
    Var all = x.reshape(m, x.shape().size() / m);
    Var gradient = Var.constant(h).matmul(all).plus(c.apply(theta));
    List<Var> moved = new ArrayList<>();
    for (Block block : blocks) {
      int to = block.from + block.columns.cols();
      Var before = all.slice(Side.ROWS, block.from, to);
      Var step = gradient.slice(Side.ROWS, block.from, to).divide(block.largest);
      Var after = rows.of(before.minus(step));
      gradient = gradient.plus(Var.constant(block.columns).matmul(after.minus(before)));
      moved.add(after);
    }
    return Var.concatenate(Side.ROWS, moved).reshape(x.shape());
  }
}
