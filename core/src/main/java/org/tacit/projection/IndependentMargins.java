package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Steady;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Which margins of a plan with this support (m x n) are independent, (m + n) x 1: the rows and
 * columns are the nodes of a graph with an edge for each positive element, and of each of its
 * components the last node follows from the others.
 */
record IndependentMargins() implements Steady, Kernel {
  @Override
  public String name() {
    return "independentMargins";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape s = inputs.get(0);
    return Shape.of(s.rows().size() + s.width(), 1);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense support = (Dense) inputs[0];
    int[] parent = new int[output.rows()];
    for (int k = 0; k < parent.length; k++) {
      parent[k] = k;
    }
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
