package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.PassPrimitive;
import org.tacit.pass.Passes;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A step near 1 / L, L being the largest absolute eigenvalue of the Hessian at x, as a value of a
 * program. A fixed point's step changes the conditioning of its linear system, never its
 * derivative, so this one counts as a constant; it is rounded down to a power of two. A solve holds
 * it at what it is where the solve begins ({@link AnchoredStep}). Not a number where the Hessian is
 * not finite; 1 where there is no curvature to go by.
 *
 * @param readsX whether x is the first input: the Hessian of a quadratic needs none
 */
record AutomaticStep(LargestCurvature curvature, boolean readsX) implements Steady, PassPrimitive {
  /** The step for an objective of this gradient, written in x and theta. */
  static Var of(Var gradient, Var x, Var theta) {
    Var hessian = Jvp.of(gradient, x, Var.input("direction", x.shape()));
    Set<Node> read = Set.copyOf(Program.ancestors(List.of(hessian.node())));
    List<Var> inputs = new ArrayList<>();
    boolean readsX = read.contains(x.node());
    if (readsX) {
      inputs.add(x);
    }
    if (read.contains(theta.node())) {
      inputs.add(theta);
    }
    return Var.apply(new AutomaticStep(LargestCurvature.of(gradient, x), readsX), inputs);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Shape.SCALAR;
  }

  @Override
  public List<Matrix> evaluate(Passes passes, List<List<Matrix>> instances) {
    List<Matrix> steps = new ArrayList<>();
    for (List<Matrix> inputs : instances) {
      double largest = curvature.of(passes.in("step"), inputs, readsX);
      steps.add(Matrix.scalar(Double.isFinite(largest) ? step(largest) : Double.NaN));
    }
    return steps;
  }

  private static double step(double largest) {
    boolean isUsable = largest > 0 && Double.isFinite(1 / largest);
    return isUsable ? Math.scalb(1.0, -Math.getExponent(largest) - 1) : 1;
  }
}
