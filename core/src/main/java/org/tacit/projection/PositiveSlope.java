package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * The derivative of {@link MatrixPart#positive} at a small symmetric X = V D V' along C: S = V (T .
 * (V' C V)) V' with the divided differences T_kl of max(w, 0), 1/2 where both eigenvalues are zero
 * to rounding. Linear in C and its own transpose. Since Y = 2 S - C solves |X| Y + Y |X| = X C + C
 * X, its own derivative in X follows from a {@link Lyapunov} equation.
 */
record PositiveSlope() implements Transposable, Kernel {
  static Var of(Var x, Var c) {
    return Var.apply(new PositiveSlope(), List.of(x, c));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Lyapunov.requireSquare(inputs.get(0));
    return Lyapunov.requireSquare(inputs.get(1));
  }

  @Override
  public boolean linearIn(int i) {
    return i == 1;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var x = inputs.get(0);
    Var c = inputs.get(1);
    Var dx = tangents.get(0);
    Var y = output.times(2).minus(c);
    Var turned = of(x, dx).times(2).minus(dx);
    Var moved = dx.matmul(c).plus(c.matmul(dx)).minus(turned.matmul(y)).minus(y.matmul(turned));
    Var bent = Lyapunov.of(MatrixPart.absolute(x), moved).times(0.5);
    return of(x, tangents.get(1)).plus(bent);
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return of(inputs.get(0), cotangent);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    SymmetricEigen eigen = SymmetricEigen.of((Dense) inputs[0]);
    int n = eigen.order();
    double largest = n == 0 ? 0 : Math.max(Math.abs(eigen.value(0)), Math.abs(eigen.value(n - 1)));
    double[] middle = eigen.turned((Dense) inputs[1]);
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        double a = eigen.value(k);
        double b = eigen.value(l);
        double both = Math.abs(a) + Math.abs(b);
        double positive = Math.max(a, 0) + Math.max(b, 0);
        middle[k * n + l] *= both > 1e-14 * largest ? positive / both : 0.5;
      }
    }
    eigen.rotate(middle, output);
  }
}
