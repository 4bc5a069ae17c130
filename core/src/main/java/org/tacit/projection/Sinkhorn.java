package org.tacit.projection;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
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
    new SinkhornLogs(x.toMatrix(), row, col).plan().window().copyTo(output);
  }

  /** With a margin of 0 the potential is infinite, and what the other margins get is lost. */
  private static double[] positive(Dense margins) {
    double[] positive = margins.toMatrix().toArray();
    for (int k = 0; k < positive.length; k++) {
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

  /**
   * The logarithms X - u 1' - 1 v' of an entropic plan, and Sinkhorn's iteration for u and v. Far
   * from the origin the potentials are taken off in twice the precision and sought again, until few
   * are left to take off: what is then rounded is small.
   */
  private static final class SinkhornLogs {
    private static final int MAX_ITERATIONS = 100_000;
    private static final double TOLERANCE = 1e-14;
    private static final double SMALL = 64;

    private Matrix x;
    private final double[] logRow;
    private final double[] logCol;
    private int iterations;

    /** Logarithms of X, with positive margins. */
    SinkhornLogs(Matrix point, double[] row, double[] col) {
      this.x = point;
      this.logRow = Arrays.stream(row).map(Math::log).toArray();
      this.logCol = Arrays.stream(col).map(Math::log).toArray();
    }

    /** The plan with the margins. */
    Matrix plan() {
      double most;
      do {
        double[] u = new double[logRow.length];
        double[] v = new double[logCol.length];
        iterate(u, v);
        Matrix off = x;
        x =
            Matrix.tabulate(
                u.length,
                v.length,
                (i, j) -> new CompensatedSum().add(off.at(i, j)).add(-u[i]).add(-v[j]).value());
        most = Math.max(TransportDual.largest(u), TransportDual.largest(v));
      } while (most > SMALL);
      return x.map(Math::exp);
    }

    private void iterate(double[] u, double[] v) {
      for (boolean isFirst = true; ; isFirst = false) {
        double change = 0;
        for (int k = 0; k < v.length; k++) {
          int j = k;
          double next = logSum(u.length, i -> x.at(i, j) - u[i]) - logCol[j];
          change = Math.max(change, isFirst ? 1 : Math.abs(next - v[j]));
          v[j] = next;
        }
        Arrays.setAll(u, i -> logSum(v.length, j -> x.at(i, j) - v[j]) - logRow[i]);
        if (change <= TOLERANCE * (1 + TransportDual.largest(v))) {
          return;
        } else if (++iterations == MAX_ITERATIONS || Double.isNaN(change)) {
          throw new IllegalArgumentException(
              "Unconverged entropic transport: "
                  + iterations
                  + " Sinkhorn iterations (must meet the margins; divide the point by a larger"
                  + " temperature)");
        }
      }
    }

    /** log sum_k exp(of k). */
    private static double logSum(int n, IntToDoubleFunction of) {
      double most = IntStream.range(0, n).mapToDouble(of).max().orElseThrow();
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum += Math.exp(of.applyAsDouble(k) - most);
      }
      return most + Math.log(sum);
    }
  }
}
