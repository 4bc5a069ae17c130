package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * One iteration T(x, theta) and its derivatives in both directions, each for any number of
 * directions in the passes of one.
 */
final class UnrolledStep {
  private static final String OF_X = "direction of x";
  private static final String OF_THETA = "direction of theta";

  private final int parameters;
  private final Program next;
  private final Program forward;
  private final Program backward;

  /** An iterate with its tangents, a column for each direction. */
  record Moving(Matrix x, Matrix tangent) {}

  /** Cotangents, a column for each direction. */
  record Cotangents(Matrix ofX, Matrix ofTheta) {}

  UnrolledStep(Var x, Var theta, Var map) {
    this.parameters = theta.shape().rows().size();
    if (!map.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "Invalid map: T is " + map.shape() + " (must be " + x.shape() + " as x is)");
    }
    Var directionOfX = Var.input(OF_X, x.shape());
    Var tangent =
        Jvp.of(List.of(map), Map.of(x, directionOfX, theta, Var.input(OF_THETA, theta.shape())))
            .get(0);
    List<Var> cotangents = Vjp.of(List.of(map), List.of(x, theta), List.of(directionOfX));
    this.next = Program.of("x", map.node());
    this.forward = Program.of("x", map.node(), "tangent", tangent.node());
    this.backward = Program.of("x", cotangents.get(0).node(), "theta", cotangents.get(1).node());
  }

  int parameters() {
    return parameters;
  }

  Matrix next(Passes passes, Matrix theta, Matrix x) {
    return passes.evaluate(next, Map.of("x", x, "theta", theta)).get("x");
  }

  Moving forward(Passes passes, Matrix theta, Moving from, Matrix tangentsOfTheta) {
    Map<String, Matrix> moved =
        passes.columns(
            forward,
            Map.of("x", from.x, "theta", theta),
            Map.of(OF_X, from.tangent, OF_THETA, tangentsOfTheta));
    return new Moving(moved.get("x").columnAt(0), moved.get("tangent"));
  }

  /** The cotangents before the step at {@code x}, theirs of theta added up. */
  Cotangents backward(Passes passes, Matrix theta, Matrix x, Cotangents after) {
    Map<String, Matrix> before =
        passes.columns(backward, Map.of("x", x, "theta", theta), Map.of(OF_X, after.ofX));
    return new Cotangents(before.get("x"), after.ofTheta.plus(before.get("theta")));
  }
}
