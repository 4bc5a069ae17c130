package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * C = X - u 1' - 1 v', whose positive part is the plan nearest to X with given margins. Inputs: X
 * (m x n), row sums r (m x 1), column sums c (n x 1). The plan nearest to C is the one nearest to X
 * whatever u and v are, so they count as held: dC = dX. Newton's method on the dual, min over u, v
 * of 1/2 |max(X - u 1' - 1 v', 0)|^2 + u'r + v'c, convex and piecewise quadratic, with a
 * backtracking search; far from the origin it is done again on C, which has the digits that X - u -
 * v loses. Source: Blondel, Seguy and Rolet, Smooth and sparse optimal transport, 2018, section 3.
 */
record CentredPlan() implements Differentiable, Kernel {
  private static final int MAX_ITERATIONS = 500;
  private static final int MAX_ROUNDS = 20;

  /** How many times as large as the plan potentials may be that need no further round. */
  private static final double FAR = 1e4;

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.isSharded()
        || !inputs.get(1).equals(new Shape(x.rows(), Axis.of(1)))
        || !inputs.get(2).equals(new Shape(x.cols(), Axis.of(1)))) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid shapes: a plan of %s with row sums %s and column sums %s (must be m x n,"
                  + " m x 1, n x 1, replicated)",
              x, inputs.get(1), inputs.get(2)));
    }
    return x;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return tangents.get(0);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    TransportDual dual = TransportDual.of((Dense) inputs[0], (Dense) inputs[1], (Dense) inputs[2]);
    for (int round = 0; ; round++) {
      double[] potentials = solved(dual, round == 0 ? dual.start() : dual.origin());
      dual = dual.centredAt(potentials);
      if (TransportDual.largest(potentials) <= FAR) {
        break;
      } else if (round == MAX_ROUNDS) {
        throw unconverged(MAX_ROUNDS + " rounds");
      }
    }
    if (!dual.isMet()) {
      throw unconverged("no step lowers the dual");
    }
    dual.write(output);
  }

  private static double[] solved(TransportDual dual, double[] start) {
    double[] potentials = start;
    for (int k = 0; !dual.isSolvedBy(potentials); k++) {
      double[] next = dual.step(potentials);
      if (next.length == 0) {
        break; // no step lowers the dual any more: solved to rounding
      } else if (k == MAX_ITERATIONS) {
        throw unconverged(MAX_ITERATIONS + " Newton steps");
      }
      potentials = next;
    }
    return potentials;
  }

  private static IllegalArgumentException unconverged(String how) {
    return new IllegalArgumentException(
        "Unconverged transport projection: "
            + how
            + " (must meet the margins; scale the point and the margins alike)");
  }
}
