package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The projection of exp(X), small and m x n, on {P >= 0, P 1 = row, P' 1 = col} in the
 * Kullback-Leibler divergence: P = exp(X - u 1' - 1 v') with the margins met, by Sinkhorn's
 * iteration in logarithms (Cuturi, Sinkhorn distances, 2013). Smooth; dP = P (dX - du 1' - 1 dv')
 * with [[D(P 1), P], [P', D(P' 1)]] (du, dv) the margins of P dX less those given, the last
 * column's taken as redundant. Margins must be positive and of equal sum.
 */
public record EntropicTransport(Var row, Var col) implements Projection {
  /** Doubly stochastic matrices of this order. */
  public static EntropicTransport birkhoff(int order) {
    Var ones = Var.constant(Matrix.filled(order, 1, 1));
    return new EntropicTransport(ones, ones);
  }

  @Override
  public Var of(Var point) {
    return Var.apply(new Sinkhorn(), List.of(point, row, col));
  }

  /** The primitive. Inputs: X, row sums, column sums. */
  private record Sinkhorn() implements Differentiable, Kernel {
    private static final int MAX_ITERATIONS = 100_000;
    private static final double TOLERANCE = 1e-14;

    @Override
    public String name() {
      return "sinkhorn";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new TransportSupport().shape(inputs);
    }

    @Override
    public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
      Var moved = output.times(tangents.get(0));
      Var rows = moved.sumCols().minus(tangents.get(1));
      Var cols = moved.sumRows().transpose().minus(tangents.get(2));
      Var potentials = Transport.solve(output, Var.concatenate(Side.ROWS, rows, cols));
      int m = output.shape().rows().size();
      Var du = potentials.slice(Side.ROWS, 0, m);
      Var dv = potentials.slice(Side.ROWS, m, m + output.shape().width());
      return moved.minus(output.times(du.plus(dv.transpose())));
    }

    @Override
    public void evaluate(Operand[] inputs, Dense output) {
      Dense x = (Dense) inputs[0];
      Dense row = (Dense) inputs[1];
      Dense col = (Dense) inputs[2];
      TransportDual.of(x, row, col); // refuses margins that no plan has
      requirePositive(row);
      requirePositive(col);
      double[] u = new double[x.rows()];
      double[] v = new double[x.cols()];
      for (int k = 0; ; k++) {
        double change = 0;
        for (int j = 0; j < v.length; j++) {
          double next = logSum(x, u, j) - Math.log(col.data()[col.at(j)]);
          change = Math.max(change, k == 0 ? 1 : Math.abs(next - v[j]));
          v[j] = next;
        }
        for (int i = 0; i < u.length; i++) {
          u[i] = logSumOfRow(x, v, i) - Math.log(row.data()[row.at(i)]);
        }
        if (change <= TOLERANCE * (1 + largest(v))) {
          break;
        } else if (k == MAX_ITERATIONS || Double.isNaN(change)) {
          throw new IllegalArgumentException(
              "Unconverged entropic transport: "
                  + k
                  + " Sinkhorn iterations (margins must be > 0; divide the point by a larger"
                  + " temperature)");
        }
      }
      for (int i = 0; i < u.length; i++) {
        for (int j = 0; j < v.length; j++) {
          output.data()[output.at(i) + j] = Math.exp(x.data()[x.at(i) + j] - u[i] - v[j]);
        }
      }
    }

    /** With a margin of 0 the potential is infinite, and what the other margins get is lost. */
    private static void requirePositive(Dense margins) {
      for (int k = 0; k < margins.rows(); k++) {
        double margin = margins.data()[margins.at(k)];
        if (!(margin > 0)) {
          throw new IllegalArgumentException(
              "Invalid margin of an entropic plan: "
                  + margin
                  + " at "
                  + k
                  + " (must be > 0; leave that row or column out, its plan is 0)");
        }
      }
    }

    private static double logSum(Dense x, double[] u, int j) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < u.length; i++) {
        most = Math.max(most, x.data()[x.at(i) + j] - u[i]);
      }
      double sum = 0;
      for (int i = 0; i < u.length; i++) {
        sum += Math.exp(x.data()[x.at(i) + j] - u[i] - most);
      }
      return most + Math.log(sum);
    }

    private static double logSumOfRow(Dense x, double[] v, int i) {
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < v.length; j++) {
        most = Math.max(most, x.data()[x.at(i) + j] - v[j]);
      }
      double sum = 0;
      for (int j = 0; j < v.length; j++) {
        sum += Math.exp(x.data()[x.at(i) + j] - v[j] - most);
      }
      return most + Math.log(sum);
    }

    private static double largest(double[] vector) {
      double largest = 0;
      for (double element : vector) {
        largest = Math.max(largest, Math.abs(element));
      }
      return largest;
    }
  }
}
