package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** The plan of {@link Projection#ontoKlTransport}. Inputs: X, row sums, column sums. */
record Sinkhorn() implements Differentiable, Kernel {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new CentredPlan().shape(inputs);
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = output.times(tangents.get(0));
    Var rows = moved.sumCols().minus(tangents.get(1));
    Var cols = moved.sumRows().transpose().minus(tangents.get(2));
    Var potentials = IndependentMargins.solve(output, Var.concatenate(Side.ROWS, rows, cols));
    int m = output.shape().rows().size();
    Var du = potentials.slice(Side.ROWS, 0, m);
    Var dv = potentials.slice(Side.ROWS, m, m + output.shape().width());
    return moved.minus(output.times(du.plus(dv.transpose())));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    TransportDual.of(x, (Dense) inputs[1], (Dense) inputs[2]); // refuses margins that no plan has
    double[] row = positive((Dense) inputs[1]);
    double[] col = positive((Dense) inputs[2]);
    double[][] plan = new SinkhornLogs(x, row, col).plan();
    for (int i = 0; i < row.length; i++) {
      System.arraycopy(plan[i], 0, output.data(), output.at(i), col.length);
    }
  }

  /** With a margin of 0 the potential is infinite, and what the other margins get is lost. */
  private static double[] positive(Dense margins) {
    double[] positive = new double[margins.rows()];
    for (int k = 0; k < positive.length; k++) {
      positive[k] = margins.data()[margins.at(k)];
      if (!(positive[k] > 0)) {
        throw new IllegalArgumentException(
            String.format(
                "Invalid margin of an entropic plan: %s at %s (must be > 0; leave that row or"
                    + " column out, its plan is 0)",
                positive[k], k));
      }
    }
    return positive;
  }
}
