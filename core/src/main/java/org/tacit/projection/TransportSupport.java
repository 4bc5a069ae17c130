package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Margins;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * 1 where the plan nearest to X with given margins is positive. Inputs: X (m x n), row sums r (m x
 * 1), column sums c (n x 1). Newton's method on the dual, min over u, v of 1/2 |max(X - u 1' - 1
 * v', 0)|^2 + u'r + v'c, convex and piecewise quadratic, with a backtracking search. Source:
 * Blondel, Seguy and Rolet, Smooth and sparse optimal transport, 2018, section 3.
 */
record TransportSupport() implements LocallyConstant, Kernel {
  private static final int MAX_ITERATIONS = 500;

  @Override
  public String name() {
    return "transportSupport";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.isSharded()
        || !inputs.get(1).equals(new Shape(x.rows(), Axis.of(1)))
        || !inputs.get(2).equals(new Shape(x.cols(), Axis.of(1)))) {
      throw new IllegalArgumentException(
          "Invalid shapes: a plan of "
              + x
              + " with row sums "
              + inputs.get(1)
              + " and column sums "
              + inputs.get(2)
              + " (must be m x n, m x 1, n x 1, replicated)");
    }
    return x;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    TransportDual dual = dual(inputs);
    double[] potentials = potentials(dual);
    for (int i = 0; i < output.rows(); i++) {
      for (int j = 0; j < output.cols(); j++) {
        output.data()[output.at(i) + j] = dual.plan(potentials, i, j) > 0 ? 1 : 0;
      }
    }
  }

  @Override
  public String kink() {
    return "an element of a transport plan is 0 with no force to keep it there";
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    TransportDual dual = dual(inputs);
    double[] potentials = potentials(dual);
    Dense x = (Dense) inputs[0];
    double size = x.toMatrix().maxAbs();
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        double at = x.data()[x.at(i) + j];
        double threshold = potentials[i] + potentials[x.rows() + j];
        margins.set(i, j, at - threshold, size, value.data()[value.at(i) + j]);
      }
    }
  }

  private static TransportDual dual(Operand[] inputs) {
    return TransportDual.of((Dense) inputs[0], (Dense) inputs[1], (Dense) inputs[2]);
  }

  private static double[] potentials(TransportDual dual) {
    double[] potentials = dual.start();
    for (int k = 0; !dual.isSolvedBy(potentials); k++) {
      double[] next = dual.step(potentials);
      if (next.length == 0) {
        break; // no step lowers the dual any more: solved to rounding
      } else if (k == MAX_ITERATIONS) {
        throw new IllegalArgumentException(
            "Unconverged transport projection: "
                + MAX_ITERATIONS
                + " Newton steps (must meet the margins; scale the point and the margins alike)");
      }
      potentials = next;
    }
    return potentials;
  }
}
