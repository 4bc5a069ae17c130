package org.tacit.projection;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Side;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Which margins of a plan with this support (m x n) are independent, (m + n) x 1: the rows and
 * columns are the nodes of a graph with an edge for each positive element, and of each of its
 * components the last node follows from the others.
 */
record IndependentMargins() implements Steady, Kernel {
  /** The potentials whose margins on {@code weights} are {@code margins}, redundant ones zero. */
  static Var solve(Var weights, Var margins) {
    Var kept = Var.apply(new IndependentMargins(), List.of(weights));
    int m = weights.shape().rows().size();
    int n = weights.shape().width();
    Var above = Var.concatenate(Side.COLS, diagonal(weights.sumCols(), m), weights);
    Var below =
        Var.concatenate(Side.COLS, weights.transpose(), diagonal(weights.sumRows().transpose(), n));
    Var all = Var.concatenate(Side.ROWS, above, below);
    Var dropped = diagonal(kept.negate().plus(1), m + n);
    Var regular = all.times(kept).times(kept.transpose()).plus(dropped);
    return regular.solvePositiveDefinite(margins.times(kept));
  }

  private static Var diagonal(Var elements, int order) {
    return Var.constant(Matrix.identity(order)).times(elements);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape s = inputs.get(0);
    return Shape.of(s.rows().size() + s.width(), 1);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense support = (Dense) inputs[0];
    int[] parent = IntStream.range(0, output.rows()).toArray();
    for (int i = 0; i < support.rows(); i++) {
      for (int j = 0; j < support.cols(); j++) {
        if (support.data()[support.at(i) + j] != 0) {
          int a = root(parent, i);
          int b = root(parent, support.rows() + j);
          parent[Math.min(a, b)] = Math.max(a, b);
        }
      }
    }
    for (int k = 0; k < parent.length; k++) {
      output.data()[output.at(k)] = parent[k] == k ? 0 : 1;
    }
  }

  /** The last node of the component of {@code k}. */
  private static int root(int[] parent, int k) {
    int node = k;
    while (parent[node] != node) {
      node = parent[node];
    }
    return node;
  }
}
