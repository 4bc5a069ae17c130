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
 * V max(D, 0) V' of a small symmetric X = V D V', which has no eigenvalue below zero however large
 * the negative ones of X are. Its derivative is the {@link PositiveSlope}.
 */
record MatrixPositive() implements Kinked, Kernel {
  static Var of(Var x) {
    return Var.apply(new MatrixPositive(), List.of(x));
  }

  @Override
  public String name() {
    return "matrixPositive";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Lyapunov.requireSquare(inputs.get(0));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return PositiveSlope.of(inputs.get(0), tangents.get(0));
  }

  @Override
  public String kink() {
    return new MatrixAbsolute().kink();
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    new MatrixAbsolute().margins(inputs, value, margins);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    SymmetricEigen eigen = SymmetricEigen.of((Dense) inputs[0]);
    int n = eigen.order();
    double[] middle = new double[n * n];
    for (int k = 0; k < n; k++) {
      middle[k * n + k] = Math.max(0, eigen.value(k));
    }
    eigen.rotate(middle, output);
  }
}
