package org.tacit.primitive;

import java.util.List;
import org.netlib.util.intW;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * X with A X = B (or A' X = B) for a small replicated A (n x n) and B (n x k), by a dense
 * factorisation. Linear in B, with transpose A'^-1; derivative A^-1 (dB - dA X). Source: LAPACK's
 * dposv and dgesv. A singular A gives NaN.
 */
record Solve(Method method, boolean transposed) implements Transposable, Kernel {
  /** The factorisations. */
  enum Method {
    /** For a symmetric positive definite A, of which the lower triangle is read. */
    CHOLESKY,
    /** For any regular A, with partial pivoting. */
    LU
  }

  @Override
  public String name() {
    return "solve" + (transposed ? "'" : "");
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    Shape.require(
        !a.isSharded() && !b.isSharded() && a.rows().equals(a.cols()) && a.rows().equals(b.rows()),
        "Invalid shapes: %s solved for %s (must be replicated, square, and of equal height)",
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
    Var moved = MatMul.product(tangents.get(0), transposed, output, false);
    return Var.apply(this, List.of(inputs.get(0), tangents.get(1).minus(moved)));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    boolean turned = method == Method.LU && !transposed;
    return Var.apply(new Solve(method, turned), List.of(inputs.get(0), cotangent));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    int n = a.rows();
    double[] factor = columnMajor(a, transposed);
    double[] x = columnMajor(b, false);
    intW info = new intW(0);
    switch (method) {
      case CHOLESKY ->
          Lapack.NETLIB.dposv("L", n, b.cols(), factor, Math.max(1, n), x, Math.max(1, n), info);
      case LU ->
          Lapack.NETLIB.dgesv(
              n, b.cols(), factor, Math.max(1, n), new int[n], x, Math.max(1, n), info);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < b.cols(); j++) {
        output.data()[output.at(i) + j] = info.val == 0 ? x[j * n + i] : Double.NaN;
      }
    }
  }

  private static double[] columnMajor(Dense x, boolean turned) {
    double[] copy = new double[x.rows() * x.cols()];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        copy[turned ? i * x.cols() + j : j * x.rows() + i] = x.data()[x.at(i) + j];
      }
    }
    return copy;
  }
}
