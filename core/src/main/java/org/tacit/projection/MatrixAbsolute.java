package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.Margins;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * |X| = V |D| V' of a small symmetric X = V D V'. Since |X|^2 = X^2, its derivative Y solves |X| Y
 * + Y |X| = X dX + dX X: see {@link Lyapunov}.
 */
record MatrixAbsolute() implements Kinked, Kernel {
  static Var of(Var x) {
    return Var.apply(new MatrixAbsolute(), List.of(x));
  }

  @Override
  public String name() {
    return "matrixAbsolute";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Lyapunov.requireSquare(inputs.get(0));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var x = inputs.get(0);
    Var dx = tangents.get(0);
    return Lyapunov.of(output, x.matmul(dx).plus(dx.matmul(x)));
  }

  @Override
  public String kink() {
    return "an eigenvalue is 0";
  }

  /** Of the k-th eigenvalue, on the diagonal. */
  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    SymmetricEigen eigen = SymmetricEigen.of((Dense) inputs[0]);
    int n = eigen.order();
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        margins.none(k, l);
      }
      double size = Math.max(Math.abs(eigen.value(0)), Math.abs(eigen.value(n - 1)));
      margins.set(k, k, eigen.value(k), size, Math.signum(eigen.value(k)));
    }
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    SymmetricEigen eigen = SymmetricEigen.of((Dense) inputs[0]);
    int n = eigen.order();
    double[] middle = new double[n * n];
    for (int k = 0; k < n; k++) {
      middle[k * n + k] = Math.abs(eigen.value(k));
    }
    eigen.rotate(middle, output);
  }
}
