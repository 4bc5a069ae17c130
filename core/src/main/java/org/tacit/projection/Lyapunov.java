package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Y with S Y + Y S = C, S symmetric with eigenvalues w >= 0: in its eigenvectors, Y_kl = C_kl /
 * (w_k + w_l), and 0 where both are zero to rounding. Linear in C and its own transpose; derivative
 * the solution for dC - dS Y - Y dS.
 */
record Lyapunov() implements Transposable, Kernel {
  static Var of(Var s, Var c) {
    return Var.apply(new Lyapunov(), List.of(s, c));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    requireSquare(inputs.get(0));
    return requireSquare(inputs.get(1));
  }

  static Shape requireSquare(Shape x) {
    boolean isSquare = !x.isSharded() && x.rows().equals(x.cols());
    Shape.require(isSquare, "Invalid shape: %s (must be square and replicated)", x);
    return x;
  }

  @Override
  public boolean linearIn(int i) {
    return i == 1;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var ds = tangents.get(0);
    Var moved = ds.matmul(output).plus(output.matmul(ds));
    return of(inputs.get(0), tangents.get(1).minus(moved));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return of(inputs.get(0), cotangent);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    SymmetricEigen eigen = SymmetricEigen.of((Dense) inputs[0]);
    int n = eigen.order();
    double least = n == 0 ? 0 : 1e-14 * Math.abs(eigen.value(n - 1));
    double[] middle = eigen.turned((Dense) inputs[1]);
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        double sum = eigen.value(k) + eigen.value(l);
        middle[k * n + l] = sum > least ? middle[k * n + l] / sum : 0;
      }
    }
    eigen.rotate(middle, output);
  }
}
