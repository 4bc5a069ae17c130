package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** V f(D) V' of a small symmetric X = V D V', for an f of eigenvalues with a kink at 0. */
record MatrixPart(Part part) implements Kinked, Kernel {
  /** What f is. */
  enum Part {
    /**
     * |w|. Since |X|^2 = X^2, its derivative Y solves |X| Y + Y |X| = X dX + dX X: see {@link
     * Lyapunov}.
     */
    ABSOLUTE,
    /**
     * max(w, 0), which leaves no eigenvalue below zero however large the negative ones of X are.
     * Its derivative is the {@link PositiveSlope}.
     */
    POSITIVE
  }

  static Var absolute(Var x) {
    return Var.apply(new MatrixPart(Part.ABSOLUTE), List.of(x));
  }

  static Var positive(Var x) {
    return Var.apply(new MatrixPart(Part.POSITIVE), List.of(x));
  }

  @Override
  public String name() {
    return "matrix " + part;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Lyapunov.requireSquare(inputs.get(0));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var x = inputs.get(0);
    Var dx = tangents.get(0);
    return switch (part) {
      case ABSOLUTE -> Lyapunov.of(output, x.matmul(dx).plus(dx.matmul(x)));
      case POSITIVE -> PositiveSlope.of(x, dx);
    };
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
      double w = eigen.value(k);
      middle[k * n + k] = part == Part.POSITIVE ? Math.max(0, w) : Math.abs(w);
    }
    eigen.rotate(middle, output);
  }
}
