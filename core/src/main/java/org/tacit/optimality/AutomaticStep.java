package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.PassPrimitive;
import org.tacit.pass.Passes;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A step near 1 / L, L being the largest absolute eigenvalue of the Hessian at x = 0, as a value of
 * a program. A fixed point's step changes the conditioning of its linear system, never its
 * derivative, so this one counts as a constant; it is rounded down to a power of two, so that it
 * rarely moves with theta.
 */
record AutomaticStep(LargestCurvature curvature) implements Steady, PassPrimitive {
  /** The step for an objective of this gradient, written in x and theta. */
  static Var of(Var gradient, Var x, Var theta) {
    Var hessian = Jvp.of(gradient, x, Var.input("direction", x.shape()));
    boolean hasTheta = Program.ancestors(List.of(hessian.node())).contains(theta.node());
    return Var.apply(
        new AutomaticStep(LargestCurvature.of(gradient, x)), hasTheta ? List.of(theta) : List.of());
  }

  @Override
  public String name() {
    return "automaticStep";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Shape.SCALAR;
  }

  @Override
  public List<Matrix> evaluate(Passes passes, List<List<Matrix>> instances) {
    List<Matrix> steps = new ArrayList<>();
    for (List<Matrix> inputs : instances) {
      double largest = curvature.of(passes.in("step"), inputs);
      boolean isUsable = largest > 0 && Double.isFinite(1 / largest);
      steps.add(Matrix.scalar(isUsable ? Math.scalb(1.0, -Math.getExponent(largest) - 1) : 1));
    }
    return steps;
  }
}
