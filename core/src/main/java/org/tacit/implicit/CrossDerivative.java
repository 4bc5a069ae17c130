package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * Products with B = d2F(x, theta) and its transpose. Each is one pass at most, however many vectors
 * and parameters there are.
 */
final class CrossDerivative {
  private static final String DIRECTION = "direction";

  private final Program forward;
  private final Program transposed;

  CrossDerivative(Condition condition) {
    Var residual = condition.residual();
    Var tangent = Var.input(DIRECTION, condition.theta().shape());
    Var cotangent = Var.input(DIRECTION, residual.shape());
    this.forward = Program.of("product", Jvp.of(residual, condition.theta(), tangent).node());
    this.transposed =
        Program.of(
            "product",
            Vjp.of(List.of(residual), List.of(condition.theta()), List.of(cotangent))
                .get(0)
                .node());
  }

  /** B v for each column v. */
  Matrix apply(Passes passes, Matrix x, Matrix theta, Matrix v) {
    return columnwise(forward, passes, x, theta, v);
  }

  /** B' u for each column u. */
  Matrix applyTransposed(Passes passes, Matrix x, Matrix theta, Matrix u) {
    return columnwise(transposed, passes, x, theta, u);
  }

  private static Matrix columnwise(
      Program program, Passes passes, Matrix x, Matrix theta, Matrix directions) {
    return passes
        .in("cross derivative")
        .columns(program, Map.of("x", x, "theta", theta), Map.of(DIRECTION, directions))
        .get("product");
  }
}
