package org.tacit.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netlib.util.intW;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * x_i with A_i x_i = b_i (or A_i' x_i = b_i) for every row i: A is rows x k^2, row i holding the
 * columns of a k x k matrix one after another, b is rows x k. Linear in b, with the transposes as
 * transpose; derivative A_i^-1 (db_i - dA_i x_i). LU with partial pivoting; a singular A_i gives
 * NaN. Source: LAPACK's dgesv.
 */
record SolveRows(boolean transposed) implements Transposable, Kernel {
  @Override
  public String name() {
    return "solveRows" + (transposed ? "'" : "");
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    Shape.require(
        !b.cols().isRows() && a.rows().equals(b.rows()) && a.width() == b.width() * b.width(),
        "Invalid shapes: %s solved row by row for %s (must be rows x k^2 for rows x k)",
        a,
        b);
    return b;
  }

  @Override
  public boolean linearIn(int i) {
    return i == 1;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = product(tangents.get(0), output);
    return Var.apply(this, List.of(inputs.get(0), tangents.get(1).minus(moved)));
  }

  /** A_i x_i, or A_i' x_i, for each row. */
  private Var product(Var a, Var x) {
    int k = x.shape().width();
    List<Var> parts = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      Var column = a.slice(Side.COLS, j * k, (j + 1) * k);
      parts.add(
          transposed ? column.times(x).sumCols() : column.times(x.slice(Side.COLS, j, j + 1)));
    }
    return transposed
        ? Var.concatenate(Side.COLS, parts)
        : parts.stream().reduce(Var::plus).orElseThrow();
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return Var.apply(new SolveRows(!transposed), List.of(inputs.get(0), cotangent));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    int k = output.cols();
    double[] matrix = new double[k * k];
    double[] x = new double[k];
    for (int i = 0; i < output.rows(); i++) {
      for (int r = 0; r < k; r++) {
        for (int c = 0; c < k; c++) {
          matrix[transposed ? r * k + c : c * k + r] = a.data()[a.at(i) + c * k + r];
        }
      }
      System.arraycopy(b.data(), b.at(i), x, 0, k);
      solve(matrix, x);
      System.arraycopy(x, 0, output.data(), output.at(i), k);
    }
  }

  /** Overwrites b by the solution, or by NaN. */
  private static void solve(double[] columns, double[] b) {
    int k = b.length;
    intW info = new intW(0);
    Lapack.NETLIB.dgesv(k, 1, columns, k, new int[k], b, k, info);
    if (info.val != 0) {
      Arrays.fill(b, Double.NaN);
    }
  }
}
